package jcompose.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import jcompose.core.picture.Picture;
import jcompose.core.picture.Picture.Arrow;
import jcompose.core.picture.Picture.Box;
import jcompose.core.picture.Picture.Shared;

/// A picture as JSON; docs/graph.md has the fields.
public final class PictureJson {
  private PictureJson() {}

  public static String of(Picture picture) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(
          new DefaultPrettyPrinter()
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));
      write(json, picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Picture picture) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", 1);
    json.writeStringField("project", picture.project());
    json.writeArrayFieldStart("services");
    for (Box box : picture.services()) {
      json.writeStartObject();
      json.writeStringField("name", box.name());
      json.writeNumberField("wave", box.wave());
      json.writeStringField("source", box.source());
      json.writeNumberField("replicas", box.replicas());
      words(json, "ports", box.ports());
      words(json, "networks", box.networks());
      words(json, "volumes", box.volumes());
      if (box.live().isPresent()) {
        json.writeStringField("mood", box.live().get().mood().name().toLowerCase(Locale.ROOT));
        json.writeStringField("state", box.live().get().text());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("arrows");
    for (Arrow arrow : picture.arrows()) {
      json.writeStartObject();
      json.writeStringField("from", arrow.from());
      json.writeStringField("to", arrow.to());
      json.writeStringField("condition", arrow.condition().word());
      json.writeBooleanField("required", arrow.required());
      json.writeBooleanField("restart", arrow.restart());
      json.writeEndObject();
    }
    json.writeEndArray();
    shared(json, "networks", picture.networks());
    shared(json, "volumes", picture.volumes());
    json.writeEndObject();
  }

  private static void words(JsonGenerator json, String field, List<String> words)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String word : words) {
      json.writeString(word);
    }
    json.writeEndArray();
  }

  private static void shared(JsonGenerator json, String field, List<Shared> all)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Shared it : all) {
      json.writeStartObject();
      json.writeStringField("key", it.key());
      json.writeStringField("note", it.note());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
