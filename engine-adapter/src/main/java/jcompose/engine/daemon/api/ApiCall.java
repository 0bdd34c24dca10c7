package jcompose.engine.daemon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.engine.daemon.http.HttpExchange;
import jcompose.engine.daemon.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/// One call of the API.
record ApiCall(HttpExchange exchange, ApiVersion version, Map<String, String> places) {
  private static final int LARGEST_JSON = 8 * 1024 * 1024;
  static final String JSON = "application/json";

  HttpRequest request() {
    return exchange.request();
  }

  /// What a place of the route's pattern stands for.
  String place(String name) {
    String value = places.get(name);
    if (value == null) {
      throw new IllegalStateException("no place " + name + " in the route");
    }
    return value;
  }

  Optional<String> parameter(String name) {
    return request().parameter(name);
  }

  List<String> parameters(String name) {
    return request().parameters(name);
  }

  boolean flag(String name) {
    return request().flag(name);
  }

  /// @throws EngineException.Invalid when it is no number
  Optional<Integer> number(String name) {
    return parameter(name)
        .map(
            it -> {
              try {
                return Integer.parseInt(it);
              } catch (NumberFormatException e) {
                throw new EngineException.Invalid(
                    "strconv.Atoi: parsing \"%s\": invalid syntax".formatted(it));
              }
            });
  }

  Filters filters() {
    return Filters.parse(parameter("filters"));
  }

  void json(int status, Object value) throws IOException {
    exchange.send(status, JSON, Json.line(value));
  }

  void empty(int status) throws IOException {
    exchange.send(status);
  }

  /// Reads a JSON body.
  ///
  /// @throws EngineException.Invalid in Docker's words
  <T> T body(Class<T> type) throws IOException {
    T value = optionalBody(type);
    if (value == null) {
      throw new EngineException.Invalid("invalid JSON: got EOF while reading request body");
    }
    return value;
  }

  /// Reads a JSON body; null without one.
  <T> @Nullable T optionalBody(Class<T> type) throws IOException {
    byte[] bytes = exchange.body().readNBytes(LARGEST_JSON + 1);
    if (bytes.length > LARGEST_JSON) {
      throw new ApiException(413, "request body is too large");
    }
    if (bytes.length == 0) {
      return null;
    }
    String contentType = request().header("content-type").orElse("");
    String plain = contentType.split(";", 2)[0].strip();
    if (!plain.equalsIgnoreCase(JSON)) {
      throw new EngineException.Invalid(
          "unsupported Content-Type header (%s): must be 'application/json'"
              .formatted(contentType));
    }
    try {
      return Json.MAPPER.readValue(bytes, type);
    } catch (JsonProcessingException e) {
      throw new EngineException.Invalid("invalid JSON: " + GoJsonError.text(e));
    }
  }

  InputStream rawBody() {
    return exchange.body();
  }

  OutputStream stream(int status, String contentType) throws IOException {
    return exchange.stream(status, contentType);
  }
}
