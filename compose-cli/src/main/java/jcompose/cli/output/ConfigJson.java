package jcompose.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// A project as JSON, indented by two.
public final class ConfigJson {
  private ConfigJson() {}

  public static String of(YamlNode tree) {
    var out = new StringWriter();
    var indenter = new DefaultIndenter("  ", "\n");
    var printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setPrettyPrinter(printer);
      write(tree, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.append('\n').toString();
  }

  private static void write(YamlNode node, JsonGenerator json) throws IOException {
    switch (node) {
      case YamlScalar scalar -> write(scalar, json);
      case YamlSequence sequence -> {
        json.writeStartArray();
        for (YamlNode item : sequence.items()) {
          write(item, json);
        }
        json.writeEndArray();
      }
      case YamlMapping mapping -> {
        json.writeStartObject();
        for (Map.Entry<String, YamlEntry> it : mapping.entries().entrySet()) {
          json.writeFieldName(it.getKey());
          write(it.getValue().value(), json);
        }
        json.writeEndObject();
      }
    }
  }

  private static void write(YamlScalar scalar, JsonGenerator json) throws IOException {
    String text = scalar.text();
    switch (scalar.kind()) {
      case NULL -> json.writeNull();
      case BOOLEAN -> json.writeBoolean(text.equals("true"));
      case INTEGER -> json.writeNumber(new BigInteger(text));
      case FLOAT -> {
        if (text.endsWith("Inf") || text.equals("NaN")) {
          json.writeString(text); // JSON has no such numbers
        } else {
          json.writeNumber(new BigDecimal(text));
        }
      }
      case STRING -> json.writeString(text);
      case TIMESTAMP -> json.writeString(ConfigYaml.time(text));
    }
  }
}
