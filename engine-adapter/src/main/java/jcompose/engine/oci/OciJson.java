package jcompose.engine.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Manifests and indexes from and to JSON. What is not known is passed over on reading.
///
/// @see ImageConfigJson
public final class OciJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OciJson() {}

  /// The media type that a manifest or index gives itself, or that its shape shows.
  ///
  /// @throws IOException when it is neither
  public static String mediaType(byte[] json) throws IOException {
    JsonNode tree = tree(json, "manifest");
    String type = text(tree.get("mediaType"));
    if (!type.isEmpty()) {
      return type;
    }
    if (tree.has("manifests")) {
      return MediaTypes.OCI_INDEX;
    }
    if (tree.has("config") && tree.has("layers")) {
      return MediaTypes.OCI_MANIFEST;
    }
    throw new IOException(
        "neither an image manifest nor an index"
            + (tree.path("schemaVersion").asInt() == 1
                ? ": Docker's manifest schema 1 is no longer supported; push the image again with a"
                    + " current client"
                : ""));
  }

  public static Manifest readManifest(byte[] json) throws IOException {
    JsonNode tree = tree(json, "manifest");
    String type = mediaType(json);
    if (!MediaTypes.isManifest(type)) {
      throw new IOException("not an image manifest but " + type);
    }
    return checked(
        "manifest",
        () ->
            new Manifest(
                type,
                descriptor(required(tree, "config")),
                list(tree.get("layers"), OciJson::descriptor),
                strings(tree.get("annotations"))));
  }

  public static ImageIndex readIndex(byte[] json) throws IOException {
    JsonNode tree = tree(json, "index");
    String type = mediaType(json);
    if (!MediaTypes.isIndex(type)) {
      throw new IOException("not an image index but " + type);
    }
    return checked(
        "index",
        () ->
            new ImageIndex(
                type,
                list(tree.get("manifests"), OciJson::descriptor),
                strings(tree.get("annotations"))));
  }

  public static byte[] write(Manifest manifest) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("schemaVersion", 2);
    tree.put("mediaType", manifest.mediaType());
    tree.set("config", tree(manifest.config()));
    var layers = tree.putArray("layers");
    manifest.layers().forEach(it -> layers.add(tree(it)));
    putStrings(tree, "annotations", manifest.annotations());
    return bytes(tree);
  }

  public static byte[] write(ImageIndex index) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("schemaVersion", 2);
    tree.put("mediaType", index.mediaType());
    var manifests = tree.putArray("manifests");
    index.manifests().forEach(it -> manifests.add(tree(it)));
    putStrings(tree, "annotations", index.annotations());
    return bytes(tree);
  }

  private static ObjectNode tree(Descriptor descriptor) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("mediaType", descriptor.mediaType());
    tree.put("digest", descriptor.digest().toString());
    tree.put("size", descriptor.size());
    putStrings(tree, "annotations", descriptor.annotations());
    descriptor
        .platform()
        .ifPresent(
            platform -> {
              ObjectNode node = tree.putObject("platform");
              node.put("architecture", platform.architecture());
              node.put("os", platform.os());
              platform.variant().ifPresent(it -> node.put("variant", it));
            });
    return tree;
  }

  private static Descriptor descriptor(JsonNode tree) {
    long size = required(tree, "size").asLong(-1);
    if (size < 0) {
      throw new IllegalArgumentException("a descriptor's size is not a number");
    }
    JsonNode platform = tree.path("platform");
    return new Descriptor(
        text(tree.get("mediaType")),
        Digest.parse(text(required(tree, "digest"))),
        size,
        platform.isObject()
            ? Optional.of(
                Platform.normal(
                    text(platform.get("os")),
                    text(platform.get("architecture")),
                    optional(platform.get("variant"))))
            : Optional.empty(),
        strings(tree.get("annotations")));
  }

  // What ImageConfigJson shares.

  static JsonNode tree(byte[] json, String what) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      throw new IOException("malformed " + what + ": " + e.getOriginalMessage(), e);
    }
    throw new IOException("malformed " + what + ": not a JSON object");
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  static <T> T checked(String what, java.util.function.Supplier<T> read) throws IOException {
    try {
      return read.get();
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("malformed " + what + ": " + e.getMessage(), e);
    }
  }

  static JsonNode required(JsonNode tree, String name) {
    JsonNode node = tree.get(name);
    if (node == null || node.isNull()) {
      throw new IllegalArgumentException("it has no \"" + name + "\"");
    }
    return node;
  }

  static String text(@Nullable JsonNode node) {
    return node == null || node.isNull() ? "" : node.asText();
  }

  static Optional<String> optional(@Nullable JsonNode node) {
    return Optional.of(text(node)).filter(it -> !it.isEmpty());
  }

  static <T> List<T> list(@Nullable JsonNode node, Function<JsonNode, T> each) {
    var list = new ArrayList<T>();
    if (node != null && node.isArray()) {
      node.forEach(it -> list.add(each.apply(it)));
    }
    return list;
  }

  static Map<String, String> strings(@Nullable JsonNode node) {
    var map = new java.util.LinkedHashMap<String, String>();
    if (node != null && node.isObject()) {
      node.properties().forEach(it -> map.put(it.getKey(), text(it.getValue())));
    }
    return map;
  }

  private static void putStrings(ObjectNode tree, String name, Map<String, String> map) {
    if (!map.isEmpty()) {
      ObjectNode node = tree.putObject(name);
      new TreeMap<>(map).forEach(node::put);
    }
  }
}
