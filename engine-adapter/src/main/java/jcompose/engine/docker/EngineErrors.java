package jcompose.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import jcompose.core.engine.EngineException;

/// The one place where a daemon's refusals become kinds of [EngineException].
final class EngineErrors {
  private static final int LONGEST = 64 * 1024;

  private EngineErrors() {}

  /// The sentence in an error's body, `{"message": …}` or plain text.
  static String message(HttpResponse response) {
    try (HttpBody body = response.body()) {
      String text = new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
      if (text.startsWith("{")) {
        JsonNode message = Json.MAPPER.readTree(text).path("message");
        return message.isTextual() ? message.asText() : text;
      }
      return text.isEmpty() ? "the daemon answered with status " + response.status() : text;
    } catch (JsonProcessingException e) {
      return "the daemon answered with status " + response.status() + " and no readable reason";
    } catch (IOException e) {
      return "the daemon answered with status " + response.status();
    }
  }

  static EngineException of(int status, String path, String message) {
    return switch (status) {
      case 400 -> new EngineException.Invalid(message);
      case 401 -> new EngineException.Denied(message);
      // networks with endpoints, and those that are predefined, are "forbidden" to the API
      case 403 ->
          path.startsWith("/networks")
              ? new EngineException.Conflict(message)
              : new EngineException.Denied(message);
      case 404 -> new EngineException.NotFound(message);
      case 409 -> new EngineException.Conflict(message);
      case 405, 501 -> new EngineException.Unsupported(message);
      default ->
          path.startsWith("/images/create")
              ? pulling(message)
              : new EngineException.Failed(message);
    };
  }

  /// A failed pull or push: dockerd says 500 for all of them, the reason is in the words.
  static EngineException pulling(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    if (words.contains("manifest unknown")
        || words.contains("not found")
        || words.contains("repository does not exist")) {
      return new EngineException.NotFound(message);
    }
    if (words.contains("unauthorized")
        || words.contains("denied")
        || words.contains("authentication required")
        || words.contains("no basic auth credentials")) {
      return new EngineException.Denied(message);
    }
    if (words.contains("connection refused")
        || words.contains("no such host")
        || words.contains("timeout")
        || words.contains("dial tcp")
        || words.contains("awaiting headers")) {
      return new EngineException.Unavailable(message);
    }
    return new EngineException.Failed(message);
  }
}
