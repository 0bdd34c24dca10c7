package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageReference;
import org.jspecify.annotations.Nullable;

/// What `docker login` left in `config.json`: passwords in the file, or in a credential helper
/// named there. The file is read at the first question.
///
/// @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">credential
///   stores</a>
final class RegistryCredentials {
  /// The name Docker Hub has in the file.
  private static final String HUB = "https://index.docker.io/v1/";

  private final Map<String, String> environment;
  private final Path folder;
  private volatile JsonNode file = com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  private volatile boolean read;

  RegistryCredentials(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    String home = environment.getOrDefault("HOME", "/root");
    folder = Path.of(environment.getOrDefault("DOCKER_CONFIG", home + "/.docker"));
  }

  Optional<AuthConfig> forImage(String reference) {
    String domain = ImageReference.parse(reference).domain();
    return forRegistry(domain.equals("docker.io") ? HUB : domain);
  }

  /// The same as the header `X-Registry-Auth` has it.
  Optional<String> header(String reference) {
    return forImage(reference).map(RegistryCredentials::encoded);
  }

  private static String encoded(AuthConfig auth) {
    ObjectNode json = Json.object();
    putIfThere(json, "username", auth.getUsername());
    putIfThere(json, "password", auth.getPassword());
    putIfThere(json, "identitytoken", auth.getIdentitytoken());
    putIfThere(json, "serveraddress", auth.getRegistryAddress());
    return Base64.getUrlEncoder().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void putIfThere(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  List<AuthConfig> all() {
    List<AuthConfig> all = new ArrayList<>();
    for (String registry : Json.names(file().path("auths"))) {
      forRegistry(registry).ifPresent(all::add);
    }
    return all;
  }

  private Optional<AuthConfig> forRegistry(String registry) {
    Optional<String> helper =
        Json.text(file().path("credHelpers").path(registry))
            .or(() -> Json.text(file().path("credsStore")));
    if (helper.isPresent()) {
      return ask(helper.get(), registry);
    }
    JsonNode entry = file().path("auths").path(registry);
    if (entry.isMissingNode()) {
      entry = file().path("auths").path("https://" + registry);
    }
    Optional<String> token = Json.text(entry.path("identitytoken"));
    if (token.isPresent()) {
      return Optional.of(auth(registry).withIdentityToken(token.get()));
    }
    Optional<String> auth = Json.text(entry.path("auth"));
    if (auth.isEmpty()) {
      return Optional.empty();
    }
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(auth.get()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(
          folder.resolve("config.json") + ": the entry for " + registry + " is not base64");
    }
    int colon = pair.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(
            auth(registry)
                .withUsername(pair.substring(0, colon))
                .withPassword(pair.substring(colon + 1)));
  }

  private static AuthConfig auth(String registry) {
    return new AuthConfig().withRegistryAddress(registry);
  }

  private Optional<AuthConfig> ask(String helper, String registry) {
    String program = "docker-credential-" + helper;
    if (!helper.matches("[A-Za-z0-9._-]+")) {
      throw new EngineException.Invalid(
          folder.resolve("config.json") + ": \"" + helper + "\" is no credential helper's name");
    }
    try {
      Process process = CallerProgram.of(environment, List.of(program, "get")).start();
      try (OutputStream input = process.getOutputStream()) {
        input.write(registry.getBytes(StandardCharsets.UTF_8));
      }
      byte[] answer = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        return Optional.empty(); // it has no credentials for this registry
      }
      JsonNode tree = Json.MAPPER.readTree(answer);
      String name = tree.path("Username").asText();
      String secret = tree.path("Secret").asText();
      return Optional.of(
          name.equals("<token>")
              ? auth(registry).withIdentityToken(secret)
              : auth(registry).withUsername(name).withPassword(secret));
    } catch (IOException e) {
      throw new EngineException.Denied(
          program
              + ", which "
              + folder.resolve("config.json")
              + " names for credentials, cannot be used: "
              + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while waiting for " + program, e);
    }
  }

  private JsonNode file() {
    if (!read) {
      synchronized (this) {
        if (!read) {
          file = load();
          read = true;
        }
      }
    }
    return file;
  }

  private JsonNode load() {
    Path path = folder.resolve("config.json");
    if (!Files.exists(path)) {
      return Json.object();
    }
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new EngineException.Invalid(path + " cannot be read: " + e.getMessage());
    }
  }
}
