package jcompose.core.loading;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.interpolation.EnvFile;
import jcompose.core.interpolation.Variables;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;

/// Variables for interpolation: those of the process, and below them those of env files.
final class EnvFiles {
  private final Texts texts;
  private final Problems problems;

  EnvFiles(Texts texts, Problems problems) {
    this.texts = texts;
    this.problems = problems;
  }

  /// The variables with those of the files added, of which a later file's count.
  Map<String, Variables.Variable> over(
      Map<String, Variables.Variable> outer, List<Path> files, Reason whenWrong) {
    var added = new LinkedHashMap<String, Variables.Variable>();
    for (Path path : files) {
      Optional<SourceFile> file = texts.file(path);
      if (file.isEmpty()) {
        continue;
      }
      Variables known =
          name ->
              Optional.ofNullable(outer.get(name)).or(() -> Optional.ofNullable(added.get(name)));
      EnvFile parsed = EnvFile.parse(file.get(), known);
      for (Diagnostic problem : parsed.problems()) {
        problems.add(whenWrong, problem);
      }
      parsed
          .entries()
          .forEach(
              (name, entry) -> {
                Optional<Variables.Variable> value =
                    parsed.variables().find(name).or(() -> Optional.ofNullable(outer.get(name)));
                value.ifPresent(it -> added.put(name, it));
              });
    }
    var all = new LinkedHashMap<>(added);
    all.putAll(outer);
    return all;
  }
}
