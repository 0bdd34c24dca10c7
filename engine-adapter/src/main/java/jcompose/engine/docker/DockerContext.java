package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;

/// The address that `docker context use` or `DOCKER_CONTEXT` chose. Contexts are folders named by
/// the digest of their name.
final class DockerContext {
  private DockerContext() {}

  /// Absent where the default context is the current one.
  ///
  /// @throws EngineException.Invalid when the context is unknown or has no address
  static Optional<String> host(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "/root");
    Path folder = Path.of(environment.getOrDefault("DOCKER_CONFIG", home + "/.docker"));
    Optional<String> name =
        Optional.ofNullable(environment.get("DOCKER_CONTEXT"))
            .filter(it -> !it.isEmpty())
            .or(() -> Json.text(read(folder.resolve("config.json")).path("currentContext")));
    return name.filter(it -> !it.equals("default")).map(it -> address(folder, it));
  }

  private static String address(Path folder, String name) {
    Path meta = folder.resolve("contexts/meta").resolve(digest(name)).resolve("meta.json");
    JsonNode endpoint = read(meta).path("Endpoints").path("docker");
    if (Files.exists(folder.resolve("contexts/tls").resolve(digest(name)))) {
      throw new EngineException.Unsupported(
          "docker context \""
              + name
              + "\" has TLS material of its own, which is not supported yet:"
              + " set DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH instead");
    }
    return Json.text(endpoint.path("Host"))
        .orElseThrow(
            () ->
                new EngineException.Invalid(
                    "docker context \"" + name + "\" does not exist or has no address: " + meta));
  }

  private static JsonNode read(Path file) {
    if (!Files.exists(file)) {
      return Json.object();
    }
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new EngineException.Invalid(file + " cannot be read: " + e.getMessage());
    }
  }

  private static String digest(String name) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
