package jcompose.core.loading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Phase: turns every short form into its long one.
final class Canonicalise {
  /// The long form a path asks for.
  private enum Form {
    LIST,
    KEY_VALUES,
    CONTEXTS,
    SSH,
    NAMES,
    DEPENDENCIES,
    BUILD,
    PORTS,
    VOLUME,
    DEVICE,
    GRANT,
    ENV_FILE,
    GPUS,
    EXTRA_HOSTS,
    EXTERNAL
  }

  private static final PathTable<Form> TABLE =
      new PathTable<Form>()
          .put("services.*.build.additional_contexts", Form.CONTEXTS)
          .put("services.*.build.ssh", Form.SSH)
          .putAll(Form.NAMES, "services.*.networks", "services.*.models")
          .put("services.*.depends_on", Form.DEPENDENCIES)
          .put("services.*.build", Form.BUILD)
          .put("services.*.ports", Form.PORTS)
          .put("services.*.volumes.*", Form.VOLUME)
          .put("services.*.devices.*", Form.DEVICE)
          .putAll(
              Form.GRANT,
              "services.*.secrets.*",
              "services.*.configs.*",
              "services.*.build.secrets.*")
          .put("services.*.env_file", Form.ENV_FILE)
          .putAll(Form.LIST, "services.*.label_file", "services.*.dns")
          .put("services.*.gpus", Form.GPUS)
          .putAll(Form.EXTERNAL, "networks.*", "volumes.*", "secrets.*", "configs.*");

  /// Lists that may be mappings and the like stay as they are written while files are merged: the
  /// rules of merging tell them apart.
  private static final PathTable<Form> AFTER_MERGE =
      new PathTable<Form>()
          .putAll(
              Form.LIST,
              "services.*.dns_search",
              "services.*.tmpfs",
              "services.*.build.no_cache_filter",
              "services.*.develop.watch.*.ignore",
              "services.*.develop.watch.*.include")
          .putAll(
              Form.KEY_VALUES,
              "services.*.annotations",
              "services.*.build.args",
              "services.*.build.labels",
              "services.*.deploy.labels",
              "services.*.deploy.resources.reservations.devices.*.options",
              "services.*.develop.watch.*.exec.environment",
              "services.*.environment",
              "services.*.gpus.*.options",
              "services.*.labels",
              "services.*.post_start.*.environment",
              "services.*.pre_start.*.environment",
              "services.*.pre_stop.*.environment",
              "services.*.sysctls",
              "services.*.volumes.*.volume.labels",
              "networks.*.labels",
              "volumes.*.labels",
              "secrets.*.labels",
              "configs.*.labels")
          .putAll(Form.EXTRA_HOSTS, "services.*.extra_hosts", "services.*.build.extra_hosts");

  private final Problems problems;

  private final boolean interpolated;

  /// @param interpolated whether references are replaced; a port that has one left may not be one
  ///   yet
  Canonicalise(Problems problems, boolean interpolated) {
    this.problems = problems;
    this.interpolated = interpolated;
  }

  YamlMapping apply(YamlMapping tree) {
    return Rewrite.tree(tree, TABLE, this::canonical);
  }

  /// The rest, once everything is merged.
  YamlMapping afterMerge(YamlMapping tree) {
    return Rewrite.tree(tree, AFTER_MERGE, this::canonical);
  }

  private Optional<YamlNode> canonical(Form form, YamlNode node, YamlPath path) {
    return switch (form) {
      case LIST -> Optional.of(asList(node));
      case KEY_VALUES -> Optional.of(keyValues(node));
      case CONTEXTS -> Optional.of(keyValues(withValues(node, path, "")));
      case SSH -> Optional.of(keyValues(withValues(sshKeys(node), path, "default")));
      case NAMES -> Optional.of(names(node));
      case DEPENDENCIES -> Optional.of(dependencies(node));
      case BUILD ->
          Optional.of(
              node instanceof YamlScalar scalar && !scalar.isNull()
                  ? YamlMapping.empty(scalar.origin()).with("context", scalar)
                  : node);
      case PORTS -> Optional.of(ports(node, path));
      case VOLUME -> volume(node, path);
      case DEVICE -> device(node, path);
      case GRANT ->
          Optional.of(
              node instanceof YamlScalar scalar
                  ? YamlMapping.empty(scalar.origin()).with("source", scalar)
                  : node);
      case ENV_FILE -> Optional.of(envFiles(node));
      case GPUS -> Optional.of(gpus(node));
      case EXTRA_HOSTS -> saysNothing(node) ? Optional.empty() : Optional.of(extraHosts(node));
      case EXTERNAL -> Optional.of(external(node, path));
    };
  }

  private static YamlNode asList(YamlNode node) {
    return node instanceof YamlScalar scalar && !scalar.isNull()
        ? YamlSequence.of(List.of(scalar), scalar.origin())
        : node;
  }

  /// `id: path`, as docker compose prints a key, is `id=path`.
  private static YamlNode sshKeys(YamlNode node) {
    return node instanceof YamlSequence sequence
        ? sequence.withItems(
            sequence.items().stream()
                .<YamlNode>map(
                    it ->
                        it instanceof YamlScalar key && !key.text().contains("=")
                            ? key.with(key.kind(), key.text().replaceFirst(": ", "="))
                            : it)
                .toList())
        : node;
  }

  /// The items of a list that have a value; what lacks one is reported, but for one word.
  private YamlNode withValues(YamlNode node, YamlPath path, String word) {
    if (!(node instanceof YamlSequence sequence)) {
      return node;
    }
    var items = new ArrayList<YamlNode>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlScalar scalar
          && !scalar.text().contains("=")
          && !scalar.text().equals(word)) {
        wrong(
            "missing-value",
            scalar,
            path,
            "\"%s\" has no value, write it as %s=VALUE".formatted(scalar.text(), scalar.text()));
      } else {
        items.add(item);
      }
    }
    return sequence.withItems(items);
  }

  /// `[K=V, K]` as a mapping; a key without a value gets nothing.
  static YamlNode keyValues(YamlNode node) {
    if (!(node instanceof YamlSequence sequence)) {
      return node;
    }
    var entries = new LinkedHashMap<String, YamlEntry>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlScalar scalar) {
        int equals = scalar.text().indexOf('=');
        String key = equals < 0 ? scalar.text() : scalar.text().substring(0, equals);
        YamlScalar value =
            equals < 0
                ? YamlScalar.nothing(scalar.origin())
                : YamlScalar.string(scalar.text().substring(equals + 1), scalar.origin());
        entries.put(key, new YamlEntry(scalar.range(), value));
      }
    }
    return YamlMapping.of(entries, sequence.origin());
  }

  private static YamlNode names(YamlNode node) {
    if (!(node instanceof YamlSequence sequence)) {
      return node;
    }
    var entries = new LinkedHashMap<String, YamlEntry>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlScalar name) {
        entries.put(name.text(), new YamlEntry(name.range(), YamlScalar.nothing(name.origin())));
      }
    }
    return YamlMapping.of(entries, sequence.origin());
  }

  /// `depends_on` with all that each entry means written out.
  private static YamlNode dependencies(YamlNode node) {
    return switch (dependencyMapping(node)) {
      case YamlMapping mapping ->
          mapping.eachValue(it -> it instanceof YamlMapping entry ? completed(entry) : it);
      case YamlNode other -> other;
    };
  }

  /// A list of services as the mapping it means; what a mapping leaves out is no default yet, since
  /// it may be merged with what says it.
  static YamlNode dependencyMapping(YamlNode node) {
    return switch (node) {
      case YamlSequence sequence -> {
        var entries = new LinkedHashMap<String, YamlEntry>();
        for (YamlNode item : sequence.items()) {
          if (item instanceof YamlScalar name) {
            Origin origin = name.origin();
            entries.put(name.text(), new YamlEntry(name.range(), dependency(origin)));
          }
        }
        yield YamlMapping.of(entries, sequence.origin());
      }
      case YamlMapping mapping -> mapping;
      case YamlScalar scalar -> scalar;
    };
  }

  private static YamlMapping completed(YamlMapping dependency) {
    YamlMapping whole = dependency;
    for (Map.Entry<String, YamlEntry> it : dependency(dependency.origin()).entries().entrySet()) {
      whole = whole.has(it.getKey()) ? whole : whole.with(it.getKey(), it.getValue().value());
    }
    return whole;
  }

  private static final String REQUIRED = "default: a dependency is required";

  static YamlMapping dependency(Origin origin) {
    return YamlMapping.empty(origin)
        .with(
            "condition",
            YamlScalar.string("service_started", origin.derived("default: it has to be started")))
        .with("required", YamlScalar.bool(true, origin.derived(REQUIRED)));
  }

  private YamlNode ports(YamlNode node, YamlPath path) {
    if (!(node instanceof YamlSequence sequence)) {
      return node;
    }
    var items = new ArrayList<YamlNode>();
    for (int i = 0; i < sequence.items().size(); i++) {
      if (!(sequence.items().get(i) instanceof YamlScalar scalar)) {
        items.add(sequence.items().get(i));
        continue;
      }
      YamlPath itemPath = path.index(i);
      var parsed = PortText.parse(scalar.text());
      if (!interpolated && parsed.isLeft()) {
        return sequence; // as it is written, all of it
      }
      parsed
          .peek(ports -> ports.forEach(it -> items.add(port(it, scalar.origin()))))
          .peekLeft(why -> wrong("bad-port", scalar, itemPath, why));
    }
    return sequence.withItems(items);
  }

  private static YamlNode port(PortText port, Origin origin) {
    YamlMapping mapping =
        YamlMapping.empty(origin)
            .with("mode", YamlScalar.string("ingress", origin.derived(Defaults.PORT_MODE)));
    if (port.hostIp().isPresent()) {
      mapping = mapping.with("host_ip", YamlScalar.string(port.hostIp().get(), origin));
    }
    if (port.target() != 0) {
      mapping = mapping.with("target", YamlScalar.integer(port.target(), origin));
    }
    if (port.published().isPresent()) {
      mapping = mapping.with("published", YamlScalar.string(port.published().get(), origin));
    }
    return mapping.with("protocol", YamlScalar.string(port.protocol(), origin));
  }

  private Optional<YamlNode> volume(YamlNode node, YamlPath path) {
    if (!(node instanceof YamlScalar scalar)) {
      return Optional.of(node);
    }
    return VolumeText.parse(scalar.text())
        .<Optional<YamlNode>>fold(
            why -> {
              wrong("bad-volume", scalar, path, why);
              return Optional.empty();
            },
            it -> Optional.of(volume(it, scalar)));
  }

  private static YamlNode volume(VolumeText volume, YamlScalar scalar) {
    Origin origin = scalar.origin();
    boolean bind = volume.isBind();
    YamlMapping mapping =
        YamlMapping.empty(origin)
            .with(
                "type",
                YamlScalar.string(
                    bind ? "bind" : "volume",
                    origin.derived("short form: a path is bound, a name is a volume's")));
    if (volume.source().isPresent()) {
      mapping = mapping.with("source", YamlScalar.string(volume.source().get(), origin));
    }
    mapping = mapping.with("target", YamlScalar.string(volume.target(), origin));
    YamlMapping bindOptions = YamlMapping.empty(origin);
    YamlMapping volumeOptions = YamlMapping.empty(origin);
    for (String option : volume.options()) {
      switch (option) {
        case "ro" -> mapping = mapping.with("read_only", YamlScalar.bool(true, origin));
        case "rw" -> mapping = mapping.without("read_only");
        case "nocopy" ->
            volumeOptions = volumeOptions.with("nocopy", YamlScalar.bool(true, origin));
        case "z", "Z" ->
            bindOptions = bindOptions.with("selinux", YamlScalar.string(option, origin));
        default -> {}
      }
    }
    if (volume.propagation().isPresent()) {
      bindOptions =
          bindOptions.with("propagation", YamlScalar.string(volume.propagation().get(), origin));
    }
    if (bind) {
      bindOptions =
          bindOptions.with(
              "create_host_path",
              YamlScalar.bool(
                  true, origin.derived("short form: a folder that is missing is made")));
    }
    if (bind || !bindOptions.entries().isEmpty()) {
      mapping = mapping.with("bind", bindOptions);
    }
    boolean tiny = scalar.text().length() <= 2;
    if ((!bind && !tiny) || !volumeOptions.entries().isEmpty()) {
      mapping = mapping.with("volume", volumeOptions);
    }
    return mapping;
  }

  private Optional<YamlNode> device(YamlNode node, YamlPath path) {
    if (!(node instanceof YamlScalar scalar)) {
      return Optional.of(node);
    }
    String[] parts = scalar.text().split(":", -1);
    if (parts.length > 3) {
      wrong(
          "bad-device",
          scalar,
          path,
          "confused device mapping, please use syntax \"source:target:permissions\"");
      return Optional.empty();
    }
    Origin origin = scalar.origin();
    String target = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : parts[0];
    return Optional.of(
        YamlMapping.empty(origin)
            .with("source", YamlScalar.string(parts[0], origin))
            .with("target", YamlScalar.string(target, origin))
            .with("permissions", YamlScalar.string(parts.length > 2 ? parts[2] : "rwm", origin)));
  }

  private static YamlNode envFiles(YamlNode node) {
    YamlNode list = asList(node);
    if (!(list instanceof YamlSequence sequence)) {
      return list;
    }
    return sequence.withItems(
        sequence.items().stream()
            .<YamlNode>map(
                it -> {
                  YamlMapping entry =
                      it instanceof YamlMapping mapping
                          ? mapping
                          : YamlMapping.empty(it.origin()).with("path", it);
                  return entry.has("required")
                      ? entry
                      : entry.with(
                          "required",
                          YamlScalar.bool(
                              true, it.origin().derived("default: the file has to be there")));
                })
            .toList());
  }

  private static YamlNode gpus(YamlNode node) {
    return node instanceof YamlScalar scalar && !scalar.isNull()
        ? YamlSequence.of(
            List.of(YamlMapping.empty(scalar.origin()).with("count", scalar)), scalar.origin())
        : node;
  }

  private static boolean saysNothing(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> scalar.isNull();
      case YamlSequence sequence -> sequence.items().isEmpty();
      case YamlMapping mapping -> mapping.entries().isEmpty();
    };
  }

  /// `host=address` texts, an address of IPv6 without brackets.
  private static YamlNode extraHosts(YamlNode node) {
    var items = new ArrayList<YamlNode>();
    switch (node) {
      case YamlScalar scalar -> {
        return scalar;
      }
      case YamlSequence sequence ->
          sequence
              .items()
              .forEach(
                  it -> {
                    if (it instanceof YamlScalar scalar) {
                      String text = scalar.text();
                      int equals = text.indexOf('=');
                      int split = equals < 0 ? text.indexOf(':') : equals;
                      items.add(
                          split < 0
                              ? scalar
                              : host(text.substring(0, split), text.substring(split + 1), scalar));
                    }
                  });
      case YamlMapping mapping ->
          mapping
              .entries()
              .forEach(
                  (host, entry) -> {
                    if (entry.value() instanceof YamlSequence addresses) {
                      addresses
                          .items()
                          .forEach(it -> items.add(host(host, ((YamlScalar) it).text(), it)));
                    } else if (entry.value() instanceof YamlScalar address) {
                      items.add(host(host, address.text(), address));
                    }
                  });
    }
    return YamlSequence.of(items, node.origin());
  }

  private static YamlNode host(String host, String address, YamlNode at) {
    boolean bracketed = address.startsWith("[") && address.endsWith("]");
    String bare = bracketed ? address.substring(1, address.length() - 1) : address;
    return YamlScalar.string(host + "=" + bare, at.origin());
  }

  /// `external: {name: x}`, which is no longer written, as `external: true` and `name: x`.
  private YamlNode external(YamlNode node, YamlPath path) {
    if (!(node instanceof YamlMapping mapping)) {
      return node;
    }
    Optional<YamlMapping> external = mapping.mapping("external");
    if (external.isEmpty()) {
      return mapping;
    }
    YamlMapping result = mapping.with("external", YamlScalar.bool(true, external.get().origin()));
    Optional<YamlScalar> name = external.get().scalar("name");
    if (name.isEmpty()) {
      return result;
    }
    problems.warning(
        "deprecated-external-name",
        name.get().range(),
        path + ": external.name is deprecated, please set name and external: true");
    Optional<String> own = mapping.text("name");
    if (own.isPresent() && !own.get().equals(name.get().text())) {
      wrong("two-names", name.get(), path, "name and external.name conflict; only use name");
    }
    return result.with("name", name.get());
  }

  private void wrong(String code, YamlScalar scalar, YamlPath path, String why) {
    problems.error(
        code, scalar.range(), path + ": " + why + Interpolate.sources(scalar.origin().variables()));
    problems.damageAt(path);
  }
}
