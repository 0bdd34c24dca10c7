package jcompose.core.loading;

import java.util.Optional;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;

/// What makes two items of a list the same thing, of which the later one counts.
enum UniqueBy {
  /// The text before `=`.
  NAME,
  /// The whole text.
  TEXT,
  /// The path in the container.
  VOLUME_TARGET,
  DEVICE_TARGET,
  SECRET_TARGET,
  CONFIG_TARGET,
  ENV_FILE_PATH,
  /// Address, published and target port and protocol.
  PORT;

  static final PathTable<UniqueBy> TABLE =
      new PathTable<UniqueBy>()
          .putAll(
              NAME,
              "networks.*.labels",
              "networks.*.ipam.options",
              "services.*.annotations",
              "services.*.build.args",
              "services.*.build.additional_contexts",
              "services.*.build.platform",
              "services.*.build.tags",
              "services.*.build.labels",
              "services.*.cap_add",
              "services.*.cap_drop",
              "services.*.deploy.labels",
              "services.*.dns",
              "services.*.dns_opt",
              "services.*.dns_search",
              "services.*.environment",
              "services.*.labels",
              "services.*.links",
              "services.*.networks.*.aliases",
              "services.*.networks.*.link_local_ips",
              "services.*.profiles",
              "services.*.sysctls",
              "services.*.tmpfs")
          .put("services.*.expose", TEXT)
          .put("services.*.volumes", VOLUME_TARGET)
          .put("services.*.devices", DEVICE_TARGET)
          .put("services.*.secrets", SECRET_TARGET)
          .put("services.*.configs", CONFIG_TARGET)
          .put("services.*.env_file", ENV_FILE_PATH)
          .put("services.*.ports", PORT);

  /// The key of an item; absent where the item is of a form that has none.
  Optional<String> key(YamlNode item) {
    return switch (this) {
      case NAME -> text(item).map(it -> it.contains("=") ? it.substring(0, it.indexOf('=')) : it);
      case TEXT -> text(item);
      case VOLUME_TARGET ->
          text(item)
              .flatMap(VolumeText::targetOf)
              .or(() -> mapped(item).flatMap(it -> it.text("target")));
      case DEVICE_TARGET ->
          text(item)
              .map(
                  it -> {
                    String[] parts = it.split(":", -1);
                    return parts.length > 1 ? parts[1] : parts[0];
                  })
              .or(() -> mapped(item).flatMap(it -> it.text("target").or(() -> it.text("source"))));
      case SECRET_TARGET -> grant(item, "/run/secrets/");
      case CONFIG_TARGET -> grant(item, "/");
      case ENV_FILE_PATH -> text(item).or(() -> mapped(item).flatMap(it -> it.text("path")));
      case PORT ->
          text(item)
              .or(
                  () ->
                      mapped(item)
                          .filter(it -> it.has("target"))
                          .map(
                              it ->
                                  it.text("host_ip").orElse("0.0.0.0")
                                      + ":"
                                      + it.text("published").orElse("")
                                      + ":"
                                      + it.text("target").orElse("")
                                      + "/"
                                      + it.text("protocol").orElse("tcp")));
    };
  }

  private static Optional<String> grant(YamlNode item, String folder) {
    return text(item)
        .map(it -> folder + it)
        .or(
            () ->
                mapped(item)
                    .flatMap(
                        it -> it.text("target").or(() -> it.text("source").map(s -> folder + s))));
  }

  private static Optional<String> text(YamlNode item) {
    return item instanceof YamlScalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private static Optional<YamlMapping> mapped(YamlNode item) {
    return item instanceof YamlMapping mapping ? Optional.of(mapping) : Optional.empty();
  }
}
