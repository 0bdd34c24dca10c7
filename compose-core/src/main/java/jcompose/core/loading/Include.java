package jcompose.core.loading;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.interpolation.Variables;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.source.Diagnostic;
import jcompose.core.yaml.Directive;
import jcompose.core.yaml.Origin.Cause;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;
import org.jspecify.annotations.Nullable;

/// Phase: brings in what other compose files define, each with its own folder and variables.
final class Include {
  private static final List<String> SECTIONS =
      List.of("services", "networks", "volumes", "secrets", "configs", "models");

  private final Layers layers;
  private final EnvFiles envFiles;
  private final Problems problems;

  Include(Layers layers, EnvFiles envFiles, Problems problems) {
    this.layers = layers;
    this.envFiles = envFiles;
    this.problems = problems;
  }

  YamlMapping apply(YamlMapping document, LoadContext context) {
    YamlNode include = document.get("include");
    if (include == null) {
      return document;
    }
    YamlMapping tree = document.without("include");
    if (!(include instanceof YamlSequence sequence)) {
      if (!include.isNull()) {
        problems.error(
            "wrong-type", include.range(), "include must be a list, not " + include.kindInWords());
      }
      return tree;
    }
    for (YamlNode entry : sequence.items()) {
      if (entry.isNull()) {
        continue;
      }
      Optional<YamlMapping> included = included(entry, context);
      if (included.isPresent()) {
        tree = imported(tree, included.get(), entry);
      }
    }
    return tree;
  }

  private Optional<YamlMapping> included(YamlNode entry, LoadContext context) {
    List<YamlScalar> names =
        entry instanceof YamlMapping mapping
            ? strings(mapping.get("path"))
            : entry instanceof YamlScalar scalar && !scalar.isNull() ? List.of(scalar) : List.of();
    if (names.isEmpty()
        && entry instanceof YamlMapping mapping
        && saysNothing(mapping.get("path"))) {
      return Optional.empty(); // no file, which docker compose takes for nothing to include
    }
    if (names.isEmpty()) {
      problems.error(
          "wrong-type",
          entry.range(),
          "include: each entry must be a path, or a mapping with path");
      return Optional.empty();
    }
    List<Path> files =
        names.stream().map(it -> context.directory().resolve(it.text()).normalize()).toList();
    for (Path file : files) {
      if (context.chain().contains(file)) {
        var cycle =
            new ArrayList<>(
                context.chain().subList(context.chain().indexOf(file), context.chain().size()));
        cycle.add(file);
        problems.error(
            "include-cycle",
            entry.range(),
            "include cycle detected: "
                + String.join(" includes ", cycle.stream().map(layers.texts()::shown).toList()));
        return Optional.empty();
      }
    }
    Path directory =
        (entry instanceof YamlMapping mapping
                ? mapping.text("project_directory")
                : Optional.<String>empty())
            .map(it -> folder(context.directory().resolve(it).normalize()))
            .orElseGet(() -> files.getFirst().getParent());
    Map<String, Variables.Variable> variables =
        envFiles.over(context.variables(), envFiles(entry, directory, context), Reason.INVALID);
    for (int i = 0; i < files.size(); i++) {
      layers
          .texts()
          .file(files.get(i), names.get(i).range()); // so that what is missing has a place
    }
    files.forEach(it -> layers.history().included(layers.texts().shown(it), entry.range()));
    var inner = new LoadContext(directory, variables, context.chain());
    YamlMapping merged = layers.merged(files.stream().map(Optional::of).toList(), inner);
    return Optional.of(
        new ResolveVariables(layers.environment(inner, context))
            .apply(layers.completed(merged, directory, context.directory())));
  }

  private static boolean saysNothing(@Nullable YamlNode node) {
    return node == null
        || node.isNull()
        || (node instanceof YamlSequence sequence && sequence.items().isEmpty());
  }

  /// A folder that is not there is taken for a file, whose own folder counts.
  private static Path folder(Path path) {
    return Files.isDirectory(path) || path.getParent() == null ? path : path.getParent();
  }

  private List<Path> envFiles(YamlNode entry, Path directory, LoadContext context) {
    List<YamlScalar> named =
        entry instanceof YamlMapping mapping ? strings(mapping.get("env_file")) : List.of();
    if (named.isEmpty()) {
      Path usual = directory.resolve(".env");
      return Files.isRegularFile(usual) ? List.of(usual) : List.of();
    }
    List<Path> files = new ArrayList<>();
    for (YamlScalar name : named) {
      if (name.text().equals("/dev/null")) {
        continue;
      }
      Path path = context.directory().resolve(name.text()).normalize();
      if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        problems.add(
            Reason.NOT_FOUND,
            Diagnostic.error(
                "no-such-env-file",
                name.range(),
                "env file %s not found: no such file".formatted(path)));
      }
    }
    return files;
  }

  private static List<YamlScalar> strings(@Nullable YamlNode node) {
    return switch (node) {
      case YamlScalar scalar when !scalar.isNull() -> List.of(scalar);
      case YamlSequence sequence ->
          sequence.items().stream()
              .filter(YamlScalar.class::isInstance)
              .map(YamlScalar.class::cast)
              .toList();
      case null, default -> List.of();
    };
  }

  private YamlMapping imported(YamlMapping tree, YamlMapping included, YamlNode entry) {
    YamlMapping result = tree;
    for (String section : SECTIONS) {
      Optional<YamlMapping> from = included.mapping(section);
      if (from.isPresent() && !from.get().entries().isEmpty()) {
        result = importedSection(result, section, from.get(), entry);
      }
    }
    return result;
  }

  private YamlMapping importedSection(
      YamlMapping tree, String section, YamlMapping from, YamlNode entry) {
    YamlMapping own = tree.mapping(section).orElseGet(() -> YamlMapping.empty(from.origin()));
    var entries = new LinkedHashMap<>(own.entries());
    for (Map.Entry<String, YamlEntry> it : from.entries().entrySet()) {
      String name = it.getKey();
      YamlEntry local = entries.get(name);
      if (local == null) {
        entries.put(name, it.getValue());
      } else if (local.value() instanceof YamlMapping mapping
          && it.getValue().value() instanceof YamlMapping below
          && saysHowToMerge(mapping)) {
        YamlMapping both =
            layers
                .merge(Cause.INCLUDE)
                .files(wrapped(section, name, below), wrapped(section, name, mapping));
        both.mapping(section)
            .map(section2 -> section2.get(name))
            .ifPresent(value -> entries.put(name, local.with(value)));
      } else if (!YamlNode.same(local.value(), it.getValue().value())) {
        problems.error(
            "include-conflict",
            local.keyRange(),
            "%s.%s conflicts with imported resource: it is defined at %s as well"
                .formatted(section, name, it.getValue().keyRange()),
            "to change what an included file defines, mark the changed keys !override or !reset",
            "included at " + entry.range());
      }
    }
    return tree.with(section, own.withEntries(entries));
  }

  private static YamlMapping wrapped(String section, String name, YamlMapping value) {
    return YamlMapping.empty(value.origin())
        .with(section, YamlMapping.empty(value.origin()).with(name, value));
  }

  /// A definition beside an included one is a mistake, unless it says that it means to change it.
  private static boolean saysHowToMerge(YamlNode node) {
    if (node.directive() != Directive.NONE) {
      return true;
    }
    return node instanceof YamlMapping mapping
        && mapping.entries().values().stream().anyMatch(it -> saysHowToMerge(it.value()));
  }
}
