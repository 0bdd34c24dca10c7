package jcompose.core.loading;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Phase: makes relative paths absolute, and `~` the home folder.
final class ResolvePaths {
  private enum Rule {
    PATH,
    /// The same, where nothing is the folder itself.
    FILE,
    /// A folder, or something on the network.
    CONTEXT,
    CONTEXTS,
    BIND,
    LOCAL_BIND,
    PATHS
  }

  private static final PathTable<Rule> TABLE =
      new PathTable<Rule>()
          .put("services.*.build.context", Rule.CONTEXT)
          .put("services.*.build.additional_contexts", Rule.CONTEXTS)
          .put("services.*.build.ssh.*", Rule.FILE)
          .put("services.*.env_file.*.path", Rule.PATH)
          .put("services.*.label_file", Rule.PATHS)
          .put("services.*.develop.watch.*.path", Rule.PATH)
          .put("services.*.volumes.*", Rule.BIND)
          .put("configs.*.file", Rule.FILE)
          .put("secrets.*.file", Rule.FILE)
          .put("volumes.*", Rule.LOCAL_BIND);

  private final Path directory;
  private final Path home;

  ResolvePaths(Path directory, Path home) {
    this.directory = directory;
    this.home = home;
  }

  YamlMapping apply(YamlMapping tree) {
    return Rewrite.tree(tree, TABLE, (rule, node, _) -> Optional.of(resolved(rule, node)));
  }

  private YamlNode resolved(Rule rule, YamlNode node) {
    return switch (rule) {
      case PATH -> scalar(node);
      case FILE -> file(node);
      case CONTEXT -> context(node);
      case CONTEXTS ->
          node instanceof YamlMapping mapping ? mapping.eachValue(this::context) : node;
      case PATHS ->
          node instanceof YamlSequence sequence
              ? sequence.withItems(sequence.items().stream().map(this::scalar).toList())
              : node;
      case BIND ->
          node instanceof YamlMapping mapping && mapping.text("type").equals(Optional.of("bind"))
              ? mapping.changed("source", this::file)
              : node;
      case LOCAL_BIND -> localBind(node);
    };
  }

  private YamlNode scalar(YamlNode node) {
    return node instanceof YamlScalar scalar && scalar.kind() == YamlScalar.Kind.STRING
        ? scalar.with(YamlScalar.Kind.STRING, path(scalar.text()))
        : node;
  }

  private YamlNode file(YamlNode node) {
    return node instanceof YamlScalar scalar
            && scalar.kind() == YamlScalar.Kind.STRING
            && scalar.text().isEmpty()
        ? scalar.with(YamlScalar.Kind.STRING, clean(directory.toString()))
        : scalar(node);
  }

  private YamlNode context(YamlNode node) {
    return node instanceof YamlScalar scalar && isRemote(scalar.text()) ? node : scalar(node);
  }

  static boolean isRemote(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("://")
        || Stream.of("service:", "git@", "github.com/", "http:", "https:", "git:", "ssh:")
            .anyMatch(lower::startsWith);
  }

  private YamlNode localBind(YamlNode node) {
    if (!(node instanceof YamlMapping volume)
        || !volume.text("driver").equals(Optional.of("local"))) {
      return node;
    }
    return volume.changed(
        "driver_opts",
        options ->
            options instanceof YamlMapping mapping && mapping.text("o").equals(Optional.of("bind"))
                ? mapping.changed("device", this::file)
                : options);
  }

  /// Absolute paths stay as they are written; relative ones are cleaned.
  String path(String text) {
    if (text.isEmpty()) {
      return text;
    }
    if (text.startsWith("~")) {
      String rest = text.substring(1);
      return clean(home + (rest.isEmpty() || rest.startsWith("/") ? rest : "/" + rest));
    }
    if (text.startsWith("/") || text.startsWith("\\\\") || isWindows(text)) {
      return text;
    }
    return clean(directory + "/" + text);
  }

  private static boolean isWindows(String text) {
    return text.length() > 2
        && Character.isLetter(text.charAt(0))
        && text.charAt(1) == ':'
        && (text.charAt(2) == '\\' || text.charAt(2) == '/');
  }

  /// Without `.`, `..` and doubled slashes, as the text says it; nothing is looked up.
  static String clean(String text) {
    var kept = new ArrayDeque<String>();
    boolean absolute = text.startsWith("/");
    for (String part : text.split("/")) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (!part.equals("..") || !absolute) {
        kept.addLast(part);
      }
    }
    String joined = String.join("/", kept);
    return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
  }
}
