package jcompose.engine.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.HealthCheck;
import org.jspecify.annotations.Nullable;

/// Image configurations from and to JSON, with the fields Docker adds to OCI's. Equal
/// configurations are written as equal bytes: their digest is the image's id.
public final class ImageConfigJson {
  private ImageConfigJson() {}

  public static ImageConfig read(byte[] json) throws IOException {
    JsonNode tree = OciJson.tree(json, "image configuration");
    return OciJson.checked("image configuration", () -> read(tree));
  }

  private static ImageConfig read(JsonNode tree) {
    JsonNode rootfs = OciJson.required(tree, "rootfs");
    return new ImageConfig(
        Platform.normal(
            OciJson.optional(tree.get("os")).orElse("linux"),
            OciJson.optional(tree.get("architecture")).orElse("amd64"),
            OciJson.optional(tree.get("variant"))),
        time(tree.get("created")),
        OciJson.optional(tree.get("author")),
        container(tree.path("config")),
        OciJson.list(rootfs.get("diff_ids"), it -> DiffId.parse(it.asText())),
        OciJson.list(tree.get("history"), ImageConfigJson::history));
  }

  /// Reads the `config` object, which the Engine API knows as well (`POST /commit`).
  public static ContainerConfig readContainerConfig(byte[] json) throws IOException {
    JsonNode tree = OciJson.tree(json, "container configuration");
    return OciJson.checked("container configuration", () -> container(tree));
  }

  private static ContainerConfig container(JsonNode tree) {
    return new ContainerConfig.Builder()
        .user(OciJson.text(tree.get("User")))
        .exposedPorts(keys(tree.get("ExposedPorts")))
        .environment(texts(tree.get("Env")).orElse(List.of()))
        .entrypoint(texts(tree.get("Entrypoint")))
        .command(texts(tree.get("Cmd")))
        .volumes(keys(tree.get("Volumes")))
        .workingDirectory(OciJson.text(tree.get("WorkingDir")))
        .labels(OciJson.strings(tree.get("Labels")))
        .stopSignal(OciJson.optional(tree.get("StopSignal")))
        .healthCheck(healthCheck(tree.path("Healthcheck")))
        .onBuild(texts(tree.get("OnBuild")).orElse(List.of()))
        .shell(texts(tree.get("Shell")))
        .build();
  }

  private static Optional<HealthCheck> healthCheck(JsonNode tree) {
    if (!tree.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new HealthCheck(
            texts(tree.get("Test")).orElse(List.of()),
            nanoseconds(tree.get("Interval")),
            nanoseconds(tree.get("Timeout")),
            Optional.of(tree.path("Retries").asInt()).filter(it -> it != 0),
            nanoseconds(tree.get("StartPeriod")),
            nanoseconds(tree.get("StartInterval"))));
  }

  private static HistoryEntry history(JsonNode tree) {
    return new HistoryEntry(
        time(tree.get("created")),
        OciJson.text(tree.get("created_by")),
        OciJson.optional(tree.get("author")),
        OciJson.optional(tree.get("comment")),
        tree.path("empty_layer").asBoolean());
  }

  public static byte[] write(ImageConfig image) {
    ObjectNode tree = OciJson.object();
    tree.put("architecture", image.platform().architecture());
    image.author().ifPresent(it -> tree.put("author", it));
    tree.set("config", tree(image.config()));
    image.created().ifPresent(it -> tree.put("created", it.toString()));
    var history = tree.putArray("history");
    for (HistoryEntry entry : image.history()) {
      ObjectNode node = history.addObject();
      entry.created().ifPresent(it -> node.put("created", it.toString()));
      node.put("created_by", entry.createdBy());
      entry.author().ifPresent(it -> node.put("author", it));
      entry.comment().ifPresent(it -> node.put("comment", it));
      if (entry.emptyLayer()) {
        node.put("empty_layer", true);
      }
    }
    tree.put("os", image.platform().os());
    ObjectNode rootfs = tree.putObject("rootfs");
    rootfs.put("type", "layers");
    var diffIds = rootfs.putArray("diff_ids");
    image.diffIds().forEach(it -> diffIds.add(it.toString()));
    image.platform().variant().ifPresent(it -> tree.put("variant", it));
    return OciJson.bytes(tree);
  }

  private static ObjectNode tree(ContainerConfig config) {
    ObjectNode tree = OciJson.object();
    if (!config.user().isEmpty()) {
      tree.put("User", config.user());
    }
    putKeys(tree, "ExposedPorts", config.exposedPorts());
    if (!config.environment().isEmpty()) {
      putTexts(tree, "Env", Optional.of(config.environment()));
    }
    putTexts(tree, "Entrypoint", config.entrypoint());
    putTexts(tree, "Cmd", config.command());
    config.healthCheck().ifPresent(it -> tree.set("Healthcheck", tree(it)));
    putKeys(tree, "Volumes", config.volumes());
    if (!config.workingDirectory().isEmpty()) {
      tree.put("WorkingDir", config.workingDirectory());
    }
    if (!config.onBuild().isEmpty()) {
      putTexts(tree, "OnBuild", Optional.of(config.onBuild()));
    }
    if (!config.labels().isEmpty()) {
      ObjectNode labels = tree.putObject("Labels");
      config.labels().forEach(labels::put);
    }
    config.stopSignal().ifPresent(it -> tree.put("StopSignal", it));
    putTexts(tree, "Shell", config.shell());
    return tree;
  }

  private static ObjectNode tree(HealthCheck check) {
    ObjectNode tree = OciJson.object();
    putTexts(tree, "Test", Optional.of(check.test()));
    check.interval().ifPresent(it -> tree.put("Interval", it.toNanos()));
    check.timeout().ifPresent(it -> tree.put("Timeout", it.toNanos()));
    check.startPeriod().ifPresent(it -> tree.put("StartPeriod", it.toNanos()));
    check.startInterval().ifPresent(it -> tree.put("StartInterval", it.toNanos()));
    check.retries().ifPresent(it -> tree.put("Retries", it));
    return tree;
  }

  private static Optional<Instant> time(@Nullable JsonNode node) {
    return OciJson.optional(node).map(it -> OffsetDateTime.parse(it).toInstant());
  }

  private static Optional<Duration> nanoseconds(@Nullable JsonNode node) {
    return node == null || node.asLong() == 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(node.asLong()));
  }

  private static Optional<List<String>> texts(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        node.isTextual() ? List.of(node.asText()) : OciJson.list(node, JsonNode::asText));
  }

  private static List<String> keys(@Nullable JsonNode node) {
    var keys = new ArrayList<String>();
    if (node != null && node.isObject()) {
      node.fieldNames().forEachRemaining(keys::add);
    }
    return keys;
  }

  private static void putTexts(ObjectNode tree, String name, Optional<List<String>> texts) {
    texts.ifPresent(
        list -> {
          var array = tree.putArray(name);
          list.forEach(array::add);
        });
  }

  private static void putKeys(ObjectNode tree, String name, List<String> keys) {
    if (!keys.isEmpty()) {
      ObjectNode node = tree.putObject(name);
      keys.stream().sorted().forEach(node::putObject);
    }
  }
}
