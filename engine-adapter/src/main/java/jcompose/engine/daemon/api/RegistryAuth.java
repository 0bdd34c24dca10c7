package jcompose.engine.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jcompose.engine.registry.Credentials;

/// The headers `X-Registry-Auth`, credentials of one registry, and `X-Registry-Config`, of several
/// by name: JSON in base64.
final class RegistryAuth {
  private RegistryAuth() {}

  /// What cannot be read counts as absent, as in dockerd.
  static Optional<Credentials> of(ApiCall call) {
    return decoded(call, "x-registry-auth").flatMap(RegistryAuth::credentials);
  }

  /// Those of a build.
  static Credentials.Source all(ApiCall call) {
    Map<String, Credentials> known = new HashMap<>();
    decoded(call, "x-registry-config")
        .ifPresent(
            json ->
                json.properties()
                    .forEach(
                        it ->
                            credentials(it.getValue())
                                .ifPresent(found -> known.put(name(it.getKey()), found))));
    return registry -> Optional.ofNullable(known.get(registry));
  }

  /// A registry's name as references have it: Docker Hub and older entries are given as URLs.
  static String name(String address) {
    String name = address.replaceFirst("^https?://", "").replaceFirst("/.*", "");
    return name.equals("index.docker.io") ? "docker.io" : name;
  }

  private static Optional<JsonNode> decoded(ApiCall call, String header) {
    Optional<String> value = call.request().header(header).filter(it -> !it.isEmpty());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = value.get().replace('+', '-').replace('/', '_').replace("=", "");
      return Optional.ofNullable(Json.MAPPER.readTree(Base64.getUrlDecoder().decode(text)));
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
