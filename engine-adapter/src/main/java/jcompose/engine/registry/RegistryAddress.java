package jcompose.engine.registry;

import java.net.URI;

/// Where a registry is reached.
///
/// @param name as in a reference: host and port, or `docker.io`
/// @param base `https://registry-1.docker.io`, without a slash at the end
record RegistryAddress(String name, URI base) {
  /// @param path from the root, escaped
  URI resolve(String path) {
    return URI.create(base + path);
  }
}
