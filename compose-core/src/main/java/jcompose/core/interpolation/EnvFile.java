package jcompose.core.interpolation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;

/// What an env file says.
///
/// @param entries by name, in order; a name without a value asks for the environment's
/// @param problems what is wrong in it; the entries then end before the first problem
public record EnvFile(SequencedMap<String, Entry> entries, List<Diagnostic> problems) {
  public EnvFile {
    problems = List.copyOf(problems);
  }

  /// One variable.
  public record Entry(Optional<String> value, SourceRange range) {}

  /// Reads a file whose values may refer to variables: those of `outer` first, then those of
  /// earlier lines.
  public static EnvFile parse(SourceFile file, Variables outer) {
    return new EnvFileParser(file, outer).parse();
  }

  /// Reads `NAME=value` lines as `docker run --env-file` does: no quotes, no references.
  public static EnvFile parseRaw(SourceFile file) {
    return new RawEnvFileParser(file).parse();
  }

  /// The variables that have a value, for look-ups; each knows its line.
  public Variables variables() {
    Map<String, Entry> all = entries;
    return name ->
        Optional.ofNullable(all.get(name))
            .flatMap(
                entry ->
                    entry
                        .value()
                        .map(
                            value ->
                                new Variables.Variable(
                                    value,
                                    entry.range().file().name() + ":" + entry.range().line())));
  }
}
