package jcompose.engine.network;

import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.NameResolution;

/// The contents of a container's /etc/hosts, /etc/hostname and /etc/resolv.conf, as Docker writes
/// them. The caller writes them to files and binds these into the container.
public final class NameFiles {
  private NameFiles() {}

  /// @param attachment absent for network mode `none`
  /// @param hostGateway what `host-gateway` in an extra host stands for
  public static String hosts(
      Optional<Attachment> attachment,
      String hostname,
      Optional<String> domainname,
      NameResolution names,
      String hostGateway) {
    return missing();
  }

  public static String hostname(String hostname) {
    return hostname + "\n";
  }

  /// @param embedded whether the engine's name server answers at 127.0.0.11
  /// @param hostLines the host's resolv.conf
  public static String resolvConf(boolean embedded, NameResolution names, List<String> hostLines) {
    return missing();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T missing() {
    throw new EngineException.Unsupported("name files are not supported yet");
  }
}
