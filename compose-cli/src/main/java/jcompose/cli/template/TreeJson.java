package jcompose.cli.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcompose.core.engine.EngineException;

/// JSON as trees of maps, lists, texts, numbers, booleans and [Nothing].
public final class TreeJson {
  private TreeJson() {}

  /// As one line.
  public static String of(Object value) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object item : list) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case Boolean it -> json.writeBoolean(it);
      case BigDecimal it -> json.writeNumber(it);
      case Number it -> json.writeNumber(it.longValue());
      case Nothing _ -> json.writeNull();
      default -> json.writeString(value.toString());
    }
  }

  /// Reads what an engine answered.
  ///
  /// @throws EngineException.Failed when it is no JSON
  public static Object read(String text) {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      return read(json);
    } catch (IOException e) {
      throw new EngineException.Failed("the engine's answer is no JSON: " + e.getMessage(), e);
    }
  }

  private static Object read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        var map = new LinkedHashMap<String, Object>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          map.put(name, read(json));
        }
        yield map;
      }
      case START_ARRAY -> {
        var list = new ArrayList<Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(json));
        }
        yield list;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? json.getDecimalValue()
              : json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_STRING -> json.getText();
      case null, default -> Nothing.NOTHING;
    };
  }
}
