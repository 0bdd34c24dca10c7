package jcompose.engine.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import jcompose.core.engine.EngineException;

/// Credentials from Docker's configuration file and the programs it names. Read anew each time:
/// people log in while we run.
///
/// @param file `~/.docker/config.json`; need not exist
/// @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">credential
///   stores</a>
public record DockerConfig(Path file) implements Credentials.Source {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HUB = "https://index.docker.io/v1/";

  @Override
  public Optional<Credentials> forRegistry(String registry) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode config;
    try {
      config = JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
    }
    String key = registry.equals("docker.io") ? HUB : registry;
    String helper =
        config.path("credHelpers").path(key).asText(config.path("credsStore").asText(""));
    if (!helper.isEmpty()) {
      var found = new CredentialHelper(helper).get(key);
      if (found.isPresent()) {
        return found;
      }
    }
    JsonNode auths = config.path("auths");
    for (String name : new String[] {key, "https://" + key, "https://" + key + "/", key + "/"}) {
      if (auths.has(name)) {
        return of(auths.path(name));
      }
    }
    return Optional.empty();
  }

  /// Reads the header `X-Registry-Auth`: such an object in base64, URL-safe or not.
  ///
  /// @return empty when it holds nothing
  /// @throws EngineException.Invalid when it is malformed
  public static Optional<Credentials> ofHeader(String header) {
    try {
      String standard = header.strip().replace('-', '+').replace('_', '/').replace("=", "");
      if (standard.isEmpty()) {
        return Optional.empty();
      }
      return of(JSON.readTree(Base64.getDecoder().decode(standard)));
    } catch (IOException | IllegalArgumentException e) {
      throw new EngineException.Invalid("invalid X-Registry-Auth header: " + e.getMessage());
    }
  }

  private static Optional<Credentials> of(JsonNode auth) {
    String identity = auth.path("identitytoken").asText("");
    if (!identity.isEmpty()) {
      return Optional.of(new Credentials.IdentityToken(identity));
    }
    String token = auth.path("registrytoken").asText("");
    if (!token.isEmpty()) {
      return Optional.of(new Credentials.RegistryToken(token));
    }
    String username = auth.path("username").asText("");
    String password = auth.path("password").asText("");
    String pair = auth.path("auth").asText("");
    if (username.isEmpty() && !pair.isEmpty()) {
      try {
        String decoded = new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8);
        int colon = decoded.indexOf(':');
        if (colon > 0) {
          username = decoded.substring(0, colon);
          password = decoded.substring(colon + 1);
        }
      } catch (IllegalArgumentException notBase64) {
        return Optional.empty();
      }
    }
    return username.isEmpty()
        ? Optional.empty()
        : Optional.of(new Credentials.Password(username, password));
  }
}
