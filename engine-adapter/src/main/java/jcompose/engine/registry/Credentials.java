package jcompose.engine.registry;

import java.util.Optional;

/// What proves who asks a registry.
public sealed interface Credentials {
  /// A name and its password, or a personal access token in the password's place.
  record Password(String username, String password) implements Credentials {
    @Override
    public String toString() {
      return "Password[" + username + "]";
    }
  }

  /// An OAuth2 refresh token, which the registry's token service takes.
  record IdentityToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "IdentityToken[…]";
    }
  }

  /// A bearer token that the registry itself takes.
  record RegistryToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "RegistryToken[…]";
    }
  }

  /// Knows credentials of several registries.
  interface Source {
    Source NONE = _ -> Optional.empty();

    /// @param registry host and port, or `docker.io`
    Optional<Credentials> forRegistry(String registry);
  }
}
