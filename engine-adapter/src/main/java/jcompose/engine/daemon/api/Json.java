package jcompose.engine.daemon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// JSON as Go's encoder reads and writes it: names in capitals, read without regard to case,
/// unknown ones ignored.
final class Json {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private Json() {}

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }

  /// With a newline after it, as Go's encoder writes a whole value.
  static byte[] line(Object value) {
    byte[] text = bytes(value);
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    return line;
  }

  /// RFC 3339 with as many digits as it takes; Go's zero time for the epoch, our "never".
  @SuppressWarnings("JavaInstantGetSecondsGetNano") // SECONDS writes the rest
  static String time(Instant at) {
    if (at.equals(Instant.EPOCH)) {
      return "0001-01-01T00:00:00Z";
    }
    String fraction = "%09d".formatted(at.getNano()).replaceFirst("0+$", "");
    return SECONDS.format(at) + (fraction.isEmpty() ? "" : "." + fraction) + "Z";
  }
}
