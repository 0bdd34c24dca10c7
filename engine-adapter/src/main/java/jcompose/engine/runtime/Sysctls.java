package jcompose.engine.runtime;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jcompose.core.engine.EngineException;

/// Kernel parameters a container may set: only those that its own namespaces hold, so that none
/// reaches the host.
final class Sysctls {
  private static final Set<String> IPC =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  private Sysctls() {}

  static Map<String, String> resolve(Map<String, String> asked, Namespaces namespaces) {
    TreeMap<String, String> sysctls = new TreeMap<>();
    if (namespaces.net()
        instanceof Namespaces.Source.Own) { // Docker's: no capability for ping and ports below 1024
      sysctls.put("net.ipv4.ip_unprivileged_port_start", "0");
      sysctls.put("net.ipv4.ping_group_range", "0 2147483647");
    }
    asked.forEach(
        (name, value) -> {
          if (!name.matches("[a-zA-Z0-9_.-]+") || name.contains("..") || name.startsWith(".")) {
            throw new EngineException.Invalid("invalid sysctl name: " + name);
          }
          boolean ipc = IPC.contains(name) || name.startsWith("fs.mqueue.");
          boolean net = name.startsWith("net.");
          if (!ipc && !net) {
            throw new EngineException.Invalid(
                "sysctl '"
                    + name
                    + "' is not allowed: it is not in a namespace and would change the host");
          }
          if (!((ipc ? namespaces.ipc() : namespaces.net()) instanceof Namespaces.Source.Own)) {
            throw StartFailure.refused(
                "sysctl \""
                    + name
                    + (ipc
                        ? "\" is not allowed in the hosts ipc namespace"
                        : "\" not allowed in host network namespace"));
          }
          sysctls.put(name, value);
        });
    return sysctls;
  }
}
