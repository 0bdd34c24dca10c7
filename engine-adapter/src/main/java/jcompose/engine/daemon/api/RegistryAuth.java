package jcompose.engine.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import jcompose.engine.registry.Credentials;

/// The header `X-Registry-Auth`: credentials as JSON in base64.
final class RegistryAuth {
  private RegistryAuth() {}

  /// What cannot be read counts as absent, as in dockerd.
  static Optional<Credentials> of(ApiCall call) {
    Optional<String> header = call.request().header("x-registry-auth");
    if (header.isEmpty() || header.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = header.get().replace('+', '-').replace('/', '_').replace("=", "");
      JsonNode json = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
      return json == null ? Optional.empty() : credentials(json);
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Credentials> credentials(JsonNode json) {
    String identity = json.path("identitytoken").asText("");
    String registry = json.path("registrytoken").asText("");
    String user = json.path("username").asText("");
    if (!identity.isEmpty()) {
      return Optional.of(new Credentials.IdentityToken(identity));
    }
    if (!registry.isEmpty()) {
      return Optional.of(new Credentials.RegistryToken(registry));
    }
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(new Credentials.Password(user, json.path("password").asText("")));
  }
}
