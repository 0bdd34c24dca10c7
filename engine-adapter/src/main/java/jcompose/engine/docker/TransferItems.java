package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;

/// The JSON objects that a daemon tells of a transfer with.
final class TransferItems {
  private TransferItems() {}

  /// Reads them to their end.
  ///
  /// @return the last status without progress
  /// @throws EngineException.Failed when one of them is an error
  static String read(HttpResponse response, TransferListener listener) {
    String last = "";
    try (MappingIterator<JsonNode> items =
        Json.MAPPER.readerFor(JsonNode.class).readValues(response.body())) {
      while (items.hasNextValue()) {
        JsonNode item = items.nextValue();
        Optional<String> error =
            Json.text(item.path("errorDetail").path("message"))
                .or(() -> Json.text(item.path("error")));
        if (error.isPresent()) {
          throw new EngineException.Failed(error.get());
        }
        JsonNode detail = item.path("progressDetail");
        String message = item.path("status").asText() + item.path("stream").asText();
        if (!message.isEmpty()) {
          listener.progress(
              item.path("id").asText(),
              message.stripTrailing(),
              number(detail, "current"),
              number(detail, "total"));
          last = detail.has("current") ? last : message.strip();
        }
      }
    } catch (IOException e) {
      throw new EngineException.Unavailable("the daemon's answer broke off: " + e.getMessage(), e);
    }
    return last;
  }

  private static Optional<Long> number(JsonNode detail, String name) {
    return detail.has(name) ? Optional.of(detail.path(name).asLong()) : Optional.empty();
  }
}
