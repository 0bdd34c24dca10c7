package jcompose.engine.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;

/// What a registry says of a request that it refused.
///
/// @see <a
///   href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">error
///   codes</a>
final class RegistryError {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT = 1 << 16;

  private RegistryError() {}

  /// The messages in the body, which is read and closed; empty when there are none.
  static String describe(HttpResponse<InputStream> response) {
    try (var body = response.body()) {
      var messages = new ArrayList<String>();
      for (var error : JSON.readTree(body.readNBytes(LIMIT)).path("errors")) {
        messages.add(error.path("message").asText(error.path("code").asText()));
      }
      return String.join("; ", messages);
    } catch (IOException notJson) {
      return "";
    }
  }
}
