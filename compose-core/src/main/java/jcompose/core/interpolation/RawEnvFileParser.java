package jcompose.core.interpolation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;

/// The format of `docker run --env-file`.
final class RawEnvFileParser {
  private final SourceFile file;

  RawEnvFileParser(SourceFile file) {
    this.file = file;
  }

  EnvFile parse() {
    var entries = new LinkedHashMap<String, EnvFile.Entry>();
    var problems = new ArrayList<Diagnostic>();
    List<String> lines = file.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripLeading();
      if (i == 0 && line.startsWith("\uFEFF")) {
        line = line.substring(1);
      }
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var range = new SourceRange(file, i + 1, 1, i + 1, lines.get(i).length() + 1);
      int equals = line.indexOf('=');
      String name = equals < 0 ? line.strip() : line.substring(0, equals);
      if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
        problems.add(
            Diagnostic.error(
                "env-file-syntax",
                range,
                "variable '" + name + "' contains whitespaces or is empty"));
        break;
      }
      entries.put(
          name,
          new EnvFile.Entry(
              equals < 0 ? Optional.empty() : Optional.of(line.substring(equals + 1)), range));
    }
    return new EnvFile(entries, problems);
  }
}
