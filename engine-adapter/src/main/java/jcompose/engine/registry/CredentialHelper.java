package jcompose.engine.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jcompose.core.engine.EngineException;

/// A program that keeps credentials: `docker-credential-NAME get` reads a registry from its input
/// and prints what it knows.
///
/// @see <a href="https://github.com/docker/docker-credential-helpers#development">the protocol</a>
record CredentialHelper(String name) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 30;

  CredentialHelper {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new EngineException.Invalid("invalid name of a credential helper: \"" + name + "\"");
    }
  }

  Optional<Credentials> get(String registry) {
    String program = "docker-credential-" + name;
    try {
      Process process =
          new ProcessBuilder(program, "get").redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (var in = process.getOutputStream()) {
        in.write(registry.getBytes(StandardCharsets.UTF_8));
      }
      byte[] output = process.getInputStream().readNBytes(1 << 20);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new EngineException.Failed(program + " does not answer");
      }
      if (process.exitValue() != 0) {
        return Optional.empty(); // "credentials not found", among others
      }
      var answer = JSON.readTree(output);
      String username = answer.path("Username").asText("");
      String secret = answer.path("Secret").asText("");
      if (username.isEmpty() && secret.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          username.equals("<token>")
              ? new Credentials.IdentityToken(secret)
              : new Credentials.Password(username, secret));
    } catch (IOException e) {
      throw new EngineException.Failed(
          "error getting credentials for "
              + registry
              + ": cannot run "
              + program
              + ": "
              + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Failed("interrupted while " + program + " runs", e);
    }
  }
}
