package jcompose.engine.registry;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/// How registries are reached.
///
/// @param mirrors asked before Docker Hub, in this order; `http` or `https`, without a slash at the
///   end
/// @param insecure registries that may do without TLS or with a certificate nobody vouches for:
///   `host`, `host:port`, or addresses as a range, `10.0.0.0/8`
/// @param certificates has a folder for each registry that wants one, `HOST:PORT`: `*.crt` are
///   authorities, `NAME.cert` with `NAME.key` is what we show
/// @see <a href="https://docs.docker.com/engine/security/certificates/">dockerd's folder</a>
public record RegistrySettings(List<URI> mirrors, List<String> insecure, Path certificates) {
  public static final RegistrySettings DEFAULT =
      new RegistrySettings(List.of(), List.of(), Path.of("/etc/docker/certs.d"));

  public RegistrySettings {
    mirrors = List.copyOf(mirrors);
    insecure = List.copyOf(insecure);
  }

  /// Registries on this machine always are.
  ///
  /// @param name host, with port if it has one
  boolean isInsecure(String name) {
    String host = host(name);
    return host.equals("localhost")
        || insecure.contains(name)
        || insecure.contains(host)
        || inRange("127.0.0.0/8", host)
        || inRange("::1/128", host)
        || insecure.stream().anyMatch(it -> it.contains("/") && inRange(it, host));
  }

  private static String host(String name) {
    if (name.startsWith("[")) {
      return name.substring(1, name.indexOf(']'));
    }
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private static boolean inRange(String range, String host) {
    if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return false; // a name: it is not looked up for this
    }
    try {
      int slash = range.indexOf('/');
      byte[] base = InetAddress.getByName(range.substring(0, slash)).getAddress();
      byte[] address = InetAddress.getByName(host).getAddress();
      int free = base.length * 8 - Integer.parseInt(range.substring(slash + 1));
      return base.length == address.length
          && new BigInteger(1, base)
              .shiftRight(free)
              .equals(new BigInteger(1, address).shiftRight(free));
    } catch (UnknownHostException | NumberFormatException e) {
      return false;
    }
  }
}
