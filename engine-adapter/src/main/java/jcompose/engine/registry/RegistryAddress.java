package jcompose.engine.registry;

import java.net.URI;
import java.util.Set;

/// Where a registry is reached.
///
/// @param name as in a reference: host and port, or `docker.io`
/// @param base `https://registry-1.docker.io`, without a slash at the end
public record RegistryAddress(String name, URI base) {
  /// Docker Hub's registry is not where its name says. Registries on this machine, and those that
  /// settings call insecure, are spoken to without TLS.
  ///
  /// @param insecure hosts, with port if they have one
  public static RegistryAddress of(String name, Set<String> insecure) {
    if (name.equals("docker.io")) {
      return new RegistryAddress(name, URI.create("https://registry-1.docker.io"));
    }
    String scheme = isLoopback(name) || insecure.contains(name) ? "http" : "https";
    return new RegistryAddress(name, URI.create(scheme + "://" + name));
  }

  private static boolean isLoopback(String name) {
    String host = name.startsWith("[") ? name.substring(0, name.indexOf(']') + 1) : name;
    if (!host.startsWith("[") && host.contains(":")) {
      host = host.substring(0, host.indexOf(':'));
    }
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /// @param path from the root, escaped
  URI resolve(String path) {
    return URI.create(base + path);
  }
}
