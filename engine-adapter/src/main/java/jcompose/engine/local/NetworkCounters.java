package jcompose.engine.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What went through the network interfaces that a process sees, less the loopback.
///
/// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">/proc/pid/net/dev</a>
public final class NetworkCounters {
  private static final List<String> NAMES =
      List.of("rx_bytes", "rx_packets", "rx_errors", "rx_dropped");
  private static final int SENT = 8; // columns of what came, before those of what went

  private NetworkCounters() {}

  /// @return by interface; empty once the process is gone
  public static Map<String, Object> of(int pid) {
    try {
      return parse(Files.readAllLines(Path.of("/proc/" + pid + "/net/dev")));
    } catch (IOException gone) {
      return Map.of();
    }
  }

  static Map<String, Object> parse(List<String> lines) {
    Map<String, Object> networks = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "lo" : line.substring(0, colon).strip();
      if (name.equals("lo")) {
        continue;
      }
      String[] columns = line.substring(colon + 1).strip().split(" +");
      Map<String, Object> counters = new LinkedHashMap<>();
      for (int i = 0; i < NAMES.size(); i++) {
        counters.put(NAMES.get(i), Long.parseLong(columns[i]));
      }
      for (int i = 0; i < NAMES.size(); i++) {
        counters.put(NAMES.get(i).replace("rx", "tx"), Long.parseLong(columns[SENT + i]));
      }
      networks.put(name, counters);
    }
    return networks;
  }
}
