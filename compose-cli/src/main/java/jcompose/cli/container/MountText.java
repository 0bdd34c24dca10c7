package jcompose.cli.container;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.settings.InvalidFlag;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.MountSpec;

/// What `--mount` takes: `type=bind,source=/a,target=/b,readonly`.
final class MountText {
  private final String text;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, String> driverOptions = new LinkedHashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();

  private MountText(String text) {
    this.text = text;
    Fields.of(text).forEach(this::add);
  }

  /// @throws UsageError in docker's words
  static MountSpec parse(String text) {
    var mount = new MountText(text);
    MountSpec spec = mount.spec();
    mount.fields.keySet().stream()
        .findFirst()
        .ifPresent(
            it -> {
              throw new InvalidFlag("--mount", text, "unexpected key '" + it + "'");
            });
    if (spec.target().isEmpty()) {
      throw new InvalidFlag("--mount", text, "target is required");
    }
    return spec;
  }

  private void add(String field) {
    int equals = field.indexOf('=');
    String name = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
    String value = equals < 0 ? "true" : field.substring(equals + 1);
    switch (name) {
      case "volume-opt" -> pair(driverOptions, value);
      case "volume-label" -> pair(labels, value);
      case "src" -> fields.put("source", value);
      case "dst", "destination" -> fields.put("target", value);
      case "ro" -> fields.put("readonly", value);
      case "consistency" -> {} // for Docker Desktop alone
      default -> fields.put(name, value);
    }
  }

  private static void pair(Map<String, String> into, String pair) {
    int equals = pair.indexOf('=');
    into.put(
        equals < 0 ? pair : pair.substring(0, equals),
        equals < 0 ? "" : pair.substring(equals + 1));
  }

  private Optional<String> take(String name) {
    return Optional.ofNullable(fields.remove(name));
  }

  private boolean flag(String name) {
    return take(name)
        .map(
            it ->
                switch (it.toLowerCase(Locale.ROOT)) {
                  case "true", "1" -> true;
                  case "false", "0" -> false;
                  default -> throw new UsageError("invalid value for " + name + ": " + it);
                })
        .orElse(false);
  }

  private MountSpec spec() {
    String type = take("type").orElse("volume");
    Optional<String> source = take("source");
    String target = take("target").orElse("");
    boolean readOnly = flag("readonly");
    return switch (type) {
      case "bind" -> bind(source.orElseThrow(() -> missing("source")), target, readOnly);
      case "volume" ->
          new MountSpec.Volume(
              source,
              target,
              readOnly,
              !flag("volume-nocopy"),
              take("volume-subpath"),
              take("volume-driver"),
              driverOptions,
              labels);
      case "tmpfs" ->
          new MountSpec.Tmpfs(
              target,
              readOnly,
              Values.bytes("tmpfs-size", take("tmpfs-size").orElse(null)),
              take("tmpfs-mode").map(MountText::mode));
      case "image" ->
          new MountSpec.Image(
              source.orElseThrow(() -> missing("source")), target, take("image-subpath"));
      default -> new MountSpec.Other(type, source, target, readOnly);
    };
  }

  private InvalidFlag missing(String field) {
    return new InvalidFlag("--mount", text, field + " is required");
  }

  private MountSpec bind(String source, String target, boolean readOnly) {
    Optional<String> recursive =
        take("bind-recursive")
            .or(() -> flag("bind-nonrecursive") ? Optional.of("disabled") : Optional.empty());
    return new MountSpec.Bind(
        source, target, readOnly, take("bind-propagation"), false, Optional.empty(), recursive);
  }

  private static int mode(String octal) {
    try {
      return Integer.parseInt(octal, 8);
    } catch (NumberFormatException e) {
      throw new UsageError("invalid value for tmpfs-mode: " + octal + " is no octal number");
    }
  }
}
