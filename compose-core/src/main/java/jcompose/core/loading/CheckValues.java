package jcompose.core.loading;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;

/// Phase: what must hold within one value whatever the rest of the project says.
final class CheckValues {
  private enum Rule {
    EXTERNAL_VOLUME,
    SECRET,
    CONFIG,
    DEVICE_REQUEST,
    PORT,
    MOUNT,
    DEVICE,
    WATCH
  }

  private static final PathTable<Rule> TABLE =
      new PathTable<Rule>()
          .put("volumes.*", Rule.EXTERNAL_VOLUME)
          .put("secrets.*", Rule.SECRET)
          .put("configs.*", Rule.CONFIG)
          .putAll(
              Rule.DEVICE_REQUEST,
              "services.*.gpus.*",
              "services.*.deploy.resources.reservations.devices.*")
          .put("services.*.ports.*", Rule.PORT)
          .put("services.*.volumes.*", Rule.MOUNT)
          .put("services.*.devices.*", Rule.DEVICE)
          .put("services.*.develop.watch.*", Rule.WATCH);

  private final Problems problems;

  CheckValues(Problems problems) {
    this.problems = problems;
  }

  void check(YamlMapping tree) {
    Rewrite.tree(
        tree,
        TABLE,
        (rule, node, path) -> {
          if (node instanceof YamlMapping mapping) {
            check(rule, mapping, path);
          }
          return Optional.of(node);
        });
  }

  private void check(Rule rule, YamlMapping mapping, YamlPath path) {
    switch (rule) {
      case EXTERNAL_VOLUME -> externalVolume(mapping, path);
      case SECRET ->
          sources(mapping, path, List.of("file", "environment", "content"), "file|environment");
      case CONFIG ->
          sources(
              mapping, path, List.of("file", "environment", "content"), "file|environment|content");
      case DEVICE_REQUEST -> {
        if (mapping.has("count") && mapping.has("device_ids")) {
          wrong(
              "exclusive-keys",
              mapping,
              path + ": \"count\" and \"device_ids\" attributes are exclusive");
        }
      }
      case PORT -> port(mapping, path);
      case MOUNT -> {
        if (mapping.text("type").equals(Optional.of("bind")) && mapping.text("source").isEmpty()) {
          wrong(
              "missing-key",
              mapping,
              path + ": invalid mount config for type \"bind\": field source must not be empty");
        }
        if (mapping.text("target").isEmpty()) {
          wrong("missing-key", mapping, "service volume " + path + " is missing a mount target");
        }
      }
      case DEVICE -> {
        if (mapping.text("target").isEmpty()) {
          wrong("missing-key", mapping, "service device " + path + " is missing a mount target");
        }
      }
      case WATCH -> {
        if (mapping.text("path").orElse("").isEmpty()) {
          wrong("missing-key", mapping, path + ": watch path must not be empty");
        }
      }
    }
  }

  private void port(YamlMapping mapping, YamlPath path) {
    if (mapping.text("target").isEmpty()) {
      wrong("missing-key", mapping, "service port " + path + " is missing a target port");
    }
    mapping
        .scalar("host_ip")
        .filter(it -> !it.text().isEmpty() && !IpText.isAddress(it.text()))
        .ifPresent(
            it ->
                problems.error(
                    "bad-port",
                    it.range(),
                    "%s: invalid ip address: %s".formatted(path.key("host_ip"), it.text()),
                    "write an address such as 127.0.0.1, or leave it out for all of them"));
  }

  private static boolean isExternal(YamlMapping mapping) {
    return mapping.scalar("external").map(it -> it.isTrue()).orElse(false);
  }

  private void externalVolume(YamlMapping mapping, YamlPath path) {
    if (!isExternal(mapping)) {
      return;
    }
    for (String key : mapping.entries().keySet()) {
      if (!key.equals("external") && !key.equals("name") && !key.startsWith("x-")) {
        problems.error(
            "exclusive-keys",
            mapping.entries().get(key).keyRange(),
            "%s: conflicting parameters \"external\" and \"%s\" specified".formatted(path, key),
            "an external volume is used as it is; leave out " + key);
      }
    }
  }

  private void sources(YamlMapping mapping, YamlPath path, List<String> keys, String shown) {
    Stream<String> present = keys.stream().filter(it -> mapping.has(it) && !isNull(mapping, it));
    long count = present.count();
    if (count > 1) {
      wrong(
          "exclusive-keys",
          mapping,
          "%s: %s attributes are mutually exclusive".formatted(path, shown));
    } else if (count == 0 && !mapping.has("external") && !mapping.has("driver")) {
      wrong("missing-key", mapping, "%s: one of %s must be set".formatted(path, shown));
    }
  }

  private static boolean isNull(YamlMapping mapping, String key) {
    YamlNode value = mapping.get(key);
    return value == null || value.isNull();
  }

  private void wrong(String code, YamlMapping mapping, String message, String... hints) {
    problems.error(code, mapping.range(), message, hints);
  }
}
