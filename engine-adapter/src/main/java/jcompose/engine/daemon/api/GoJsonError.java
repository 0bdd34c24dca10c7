package jcompose.engine.daemon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Says what is wrong with a JSON body in the words of Go's decoder, which clients know.
final class GoJsonError {
  private static final Map<Class<?>, String> NAMES =
      Map.of(
          String.class, "string",
          Boolean.class, "bool",
          Integer.class, "int",
          Long.class, "int64",
          java.util.ArrayList.class, "[]string",
          java.util.List.class, "[]string",
          java.util.LinkedHashMap.class, "map[string]string",
          Map.class, "map[string]string",
          CreateBody.class, "runconfig.ContainerConfigWrapper");

  private static final Pattern TOKEN = Pattern.compile("JsonToken\\.([A-Z_]+)");

  private GoJsonError() {}

  static String text(JsonProcessingException e) {
    return switch (e) {
      case JsonEOFException _ -> "unexpected EOF";
      case MismatchedInputException mismatch -> mismatch(mismatch);
      default -> e.getOriginalMessage();
    };
  }

  private static String mismatch(MismatchedInputException e) {
    String given = given(e);
    String path =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(java.util.Objects::nonNull)
            .collect(Collectors.joining("."));
    Type target = e.getTargetType();
    String type =
        target == null ? "value" : NAMES.getOrDefault(target, simpleName(target.getTypeName()));
    return path.isEmpty()
        ? "json: cannot unmarshal %s into Go value of type %s".formatted(given, type)
        : "json: cannot unmarshal %s into Go struct field %s of type %s"
            .formatted(given, path, type);
  }

  /// The parser is closed by now: the value it met, or the message, still tells its kind.
  private static String given(MismatchedInputException e) {
    if (e instanceof InvalidFormatException format) {
      return format.getValue() instanceof Number ? "number" : "string";
    }
    Matcher token = TOKEN.matcher(String.valueOf(e.getOriginalMessage()));
    return token.find() ? kind(JsonToken.valueOf(token.group(1))) : "value";
  }

  private static String simpleName(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "object";
      case START_ARRAY, END_ARRAY -> "array";
      case VALUE_STRING -> "string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_TRUE, VALUE_FALSE -> "bool";
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "value";
    };
  }
}
