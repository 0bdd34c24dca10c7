package jcompose.engine.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The networks on disk: `ID.json` each, replaced atomically.
record NetworkFiles(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkFiles.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;

  List<NetworkRecord> load() {
    try {
      Files.createDirectories(folder);
      var records = new ArrayList<NetworkRecord>();
      try (var files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (file.toString().endsWith(".new")) {
            Files.delete(file); // A write that did not end.
          } else if (file.toString().endsWith(".json")) {
            try {
              records.add(read(file));
            } catch (IOException | RuntimeException e) {
              LOG.error("cannot read {}; the network is left out", file, e);
            }
          }
        }
      }
      return List.copyOf(records);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the networks in " + folder, e);
    }
  }

  void save(NetworkRecord network) {
    Path file = file(network);
    Path beside = folder.resolve(network.id() + ".new");
    try {
      try (var channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(toJson(network))));
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  void delete(NetworkRecord network) {
    try {
      Files.deleteIfExists(file(network));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file(network), e);
    }
  }

  private Path file(NetworkRecord network) {
    return folder.resolve(network.id() + ".json");
  }

  private static ObjectNode toJson(NetworkRecord network) {
    ObjectNode node = JSON.createObjectNode();
    node.put("version", VERSION).put("id", network.id()).put("name", network.name());
    node.put("driver", network.driver()).put("created", network.created().toString());
    node.put("internal", network.internal()).put("attachable", network.attachable());
    node.put("ipv6", network.ipv6()).put("ipamDriver", network.ipamDriver());
    node.set("ipamOptions", JSON.valueToTree(network.ipamOptions()));
    var subnets = node.putArray("subnets");
    for (NetworkRecord.Subnet subnet : network.subnets()) {
      ObjectNode item = subnets.addObject();
      item.put("subnet", subnet.subnet()).put("gateway", subnet.gateway());
      item.put("range", subnet.range());
      item.set("auxiliary", JSON.valueToTree(subnet.auxiliary()));
    }
    node.set("options", JSON.valueToTree(network.options()));
    node.set("labels", JSON.valueToTree(network.labels()));
    node.put("bridge", network.bridge());
    return node;
  }

  private static NetworkRecord read(Path file) throws IOException {
    JsonNode node;
    try {
      node = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
    if (node.path("version").asInt() != VERSION) {
      throw new IOException(
          file + " was written by another version of the engine: " + node.path("version"));
    }
    var subnets = new ArrayList<NetworkRecord.Subnet>();
    for (JsonNode item : node.path("subnets")) {
      subnets.add(
          new NetworkRecord.Subnet(
              item.path("subnet").asText(),
              item.path("gateway").asText(),
              text(item, "range"),
              map(item.path("auxiliary"))));
    }
    return new NetworkRecord(
        node.path("id").asText(),
        node.path("name").asText(),
        node.path("driver").asText(),
        Instant.parse(node.path("created").asText()),
        node.path("internal").asBoolean(),
        node.path("attachable").asBoolean(),
        node.path("ipv6").asBoolean(),
        node.path("ipamDriver").asText(),
        map(node.path("ipamOptions")),
        subnets,
        map(node.path("options")),
        map(node.path("labels")),
        text(node, "bridge"));
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value.asText();
  }

  private static Map<String, String> map(JsonNode node) {
    var result = new LinkedHashMap<String, String>();
    for (Iterator<Map.Entry<String, JsonNode>> it = node.properties().iterator(); it.hasNext(); ) {
      var entry = it.next();
      result.put(entry.getKey(), entry.getValue().asText());
    }
    return result;
  }
}
