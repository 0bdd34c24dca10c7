package jcompose.core.loading;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.interpolation.Variables;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.Directive;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.Origin.Cause;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlResult;

/// Reads compose files and lays each document over what came before: interpolate, extend, include,
/// merge, validate, in this order for each.
final class Layers {
  /// Where paths lead.
  ///
  /// @param absolute whether they become absolute
  record Places(Path home, boolean absolute) {
    /// @param from the folder that paths are relative to
    /// @param to the one they are to be relative to where they are to stay so
    Path shown(Path from, Path to) {
      if (absolute) {
        return from;
      }
      Path relative = to.relativize(from);
      return relative.toString().isEmpty() ? Path.of(".") : relative;
    }
  }

  private final Texts texts;
  private final Problems problems;
  private final EnvFiles envFiles;
  private final boolean interpolated;
  private final Places places;
  private final Set<String> warned = Interpolate.nothingWarned();
  private final ParsedFiles parsed;
  private final History history = new History();

  /// By compose file, what references in it see.
  private final Map<SourceFile, Variables> seen = new HashMap<>();

  Layers(
      Texts texts,
      ParsedFiles parsed,
      EnvFiles envFiles,
      Problems problems,
      boolean interpolated,
      Places places) {
    this.texts = texts;
    this.parsed = parsed;
    this.envFiles = envFiles;
    this.problems = problems;
    this.interpolated = interpolated;
    this.places = places;
  }

  /// The files merged; what is wrong in one is reported and left out.
  YamlMapping merged(List<Optional<Path>> files, LoadContext context) {
    return merged(files, Optional.empty(), context);
  }

  /// @param overlay over all of them, its paths relative to the project's folder
  YamlMapping merged(
      List<Optional<Path>> files, Optional<SourceFile> overlay, LoadContext context) {
    Optional<YamlMapping> tree = Optional.empty();
    for (Optional<Path> path : files) {
      Optional<SourceFile> file =
          path.isPresent() ? texts.file(path.get()) : Optional.of(texts.standardInput());
      if (file.isEmpty()) {
        continue;
      }
      LoadContext inner = path.isPresent() ? context.inside(path.get()) : context;
      tree = over(tree, file.get(), inner);
    }
    if (overlay.isPresent()) {
      tree = over(tree, overlay.get(), context);
    }
    return tree.orElseGet(
        () -> YamlMapping.empty(Origin.at(new SourceRange(new SourceFile("", ""), 1, 1, 1, 1))));
  }

  private Optional<YamlMapping> over(
      Optional<YamlMapping> lower, SourceFile file, LoadContext context) {
    Optional<YamlMapping> tree = lower;
    for (YamlMapping document : documents(file, context)) {
      if (!sectionsAreMappings(document)) {
        continue;
      }
      YamlMapping extended = new Extend(this, problems).apply(document, file, context);
      YamlMapping included = new Include(this, envFiles, problems).apply(extended, context);
      YamlMapping below = tree.orElseGet(() -> YamlMapping.empty(document.origin()));
      YamlMapping over = merge(Cause.FILE).files(below, included);
      YamlMapping unique = new Unique().apply(over);
      YamlMapping valid = new Validate(problems).project(unique);
      tree = Optional.of(longForms(withoutVersion(valid, file)));
    }
    return tree;
  }

  /// The documents of a file, interpolated; what is no mapping is reported.
  List<YamlMapping> documents(SourceFile file, LoadContext context) {
    YamlResult result = parsed.of(file);
    seen.put(file, context.lookup());
    result.problems().forEach(problems::add);
    return result.documents().stream()
        .filter(it -> isMapping(it, result))
        .map(it -> (YamlMapping) it)
        .map(it -> interpolated ? interpolate(it, context) : it)
        .toList();
  }

  private boolean isMapping(YamlNode node, YamlResult result) {
    if (node instanceof YamlMapping) {
      return true;
    }
    if (node.isNull() && result.documents().size() == 1) {
      problems.error("empty-file", node.range(), "empty compose file");
    } else {
      problems.error(
          "not-a-mapping",
          node.range(),
          "top-level object must be a mapping, this is " + node.kindInWords());
    }
    return false;
  }

  /// What extends and include look into must have its shape before anything is validated.
  private boolean sectionsAreMappings(YamlMapping document) {
    YamlNode services = document.get("services");
    if (services == null) {
      return true;
    }
    if (!(services instanceof YamlMapping mapping)) {
      problems.error(
          "wrong-type",
          services.range(),
          "services must be a mapping, not " + services.kindInWords());
      return false;
    }
    boolean right = true;
    for (Map.Entry<String, YamlEntry> it : mapping.entries().entrySet()) {
      YamlNode service = it.getValue().value();
      if (!(service instanceof YamlMapping) && service.directive() != Directive.RESET) {
        problems.error(
            "wrong-type",
            it.getValue().value().range(),
            "%s must be a mapping, not %s"
                .formatted(
                    YamlPath.ROOT.key("services").key(it.getKey()),
                    it.getValue().value().kindInWords()));
        right = false;
      }
    }
    return right;
  }

  private YamlMapping interpolate(YamlMapping document, LoadContext context) {
    return new Interpolate(problems, warned).apply(document, context.lookup());
  }

  private YamlMapping withoutVersion(YamlMapping tree, SourceFile file) {
    YamlEntry version = tree.entries().get("version");
    if (version == null) {
      return tree;
    }
    problems.warning(
        "obsolete-version",
        version.keyRange(),
        "%s: the attribute `version` is obsolete, it will be ignored, please remove it to avoid potential confusion"
            .formatted(file.name()));
    return tree.without("version");
  }

  Texts texts() {
    return texts;
  }

  /// What references see in the file that something is written in.
  Variables variablesAt(YamlNode node, Variables otherwise) {
    return seen.getOrDefault(node.range().file(), otherwise);
  }

  History history() {
    return history;
  }

  Merge merge(Cause cause) {
    return new Merge(problems, history, cause);
  }

  YamlMapping longForms(YamlMapping tree) {
    return new Unique().apply(new Canonicalise(problems, interpolated).apply(tree));
  }

  /// What follows the merge wherever a tree is to stand on its own: defaults, and its paths.
  YamlMapping completed(YamlMapping tree, Path from, Path to) {
    return rebased(checked(tree), from, to);
  }

  YamlMapping checked(YamlMapping tree) {
    YamlMapping defaulted = new Defaults().apply(tree);
    new CheckValues(problems).check(defaulted);
    return defaulted;
  }

  /// The tree with its paths, so far relative to one folder, absolute; or relative to the folder of
  /// who asks for it, where paths are to stay relative.
  YamlMapping rebased(YamlMapping tree, Path from, Path to) {
    return new ResolvePaths(places.shown(from, to), places.home()).apply(tree);
  }

  /// What values without one get in an included file: all that its references see, or where
  /// references are left alone, what its own env files add.
  Variables environment(LoadContext inner, LoadContext outer) {
    return interpolated
        ? inner.lookup()
        : name ->
            outer.variables().containsKey(name) ? Optional.empty() : inner.lookup().find(name);
  }
}
