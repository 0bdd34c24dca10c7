package jcompose.core.loading;

import java.nio.file.Path;
import java.util.Optional;
import jcompose.core.source.SourceFile;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;

/// Finds the project's name before anything else, since references may use it.
final class NameFinder {
  private final Texts texts;
  private final ParsedFiles parsed;
  private final Problems problems;
  private final boolean interpolated;

  NameFinder(Texts texts, ParsedFiles parsed, Problems problems, boolean interpolated) {
    this.texts = texts;
    this.parsed = parsed;
    this.problems = problems;
    this.interpolated = interpolated;
  }

  String name(Located located, LoadContext context) {
    Optional<YamlMapping> named = Optional.empty();
    if (located.explicitName().isEmpty()) {
      for (Optional<Path> path : located.files()) {
        Optional<SourceFile> file =
            path.isPresent() ? texts.file(path.get()) : Optional.of(texts.standardInput());
        if (file.isPresent()) {
          Optional<YamlMapping> here = name(file.get(), context);
          named = here.isPresent() ? here : named;
        }
      }
    }
    return ProjectName.decide(located, named, problems);
  }

  /// What is wrong in the file is reported when it is loaded.
  private Optional<YamlMapping> name(SourceFile file, LoadContext context) {
    var ignored = new Problems();
    Optional<YamlMapping> named = Optional.empty();
    for (YamlNode document : parsed.of(file).documents()) {
      if (document instanceof YamlMapping mapping && !mapping.text("name").orElse("").isEmpty()) {
        YamlMapping only =
            YamlMapping.empty(mapping.origin()).with("name", mapping.scalar("name").orElseThrow());
        named =
            Optional.of(
                interpolated
                    ? new Interpolate(ignored, Interpolate.nothingWarned())
                        .apply(only, context.lookup())
                    : only);
      }
    }
    return named;
  }
}
