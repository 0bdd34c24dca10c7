package jcompose.core.source;

import java.util.List;
import java.util.Optional;

/// One problem in a file, for the person who wrote it.
///
/// @param code short and stable, such as `undefined-service`
/// @param hints what to try, each one sentence
public record Diagnostic(
    Severity severity,
    String code,
    String message,
    Optional<SourceRange> range,
    List<String> hints) {

  public Diagnostic {
    hints = List.copyOf(hints);
  }

  /// How bad it is.
  public enum Severity {
    ERROR,
    WARNING
  }

  public static Diagnostic error(String code, SourceRange range, String message, String... hints) {
    return new Diagnostic(Severity.ERROR, code, message, Optional.of(range), List.of(hints));
  }

  public static Diagnostic warning(
      String code, SourceRange range, String message, String... hints) {
    return new Diagnostic(Severity.WARNING, code, message, Optional.of(range), List.of(hints));
  }

  /// Position, sentence, the line with a caret below it, and the hints.
  public String render() {
    String word = severity == Severity.ERROR ? "error" : "warning";
    var out = new StringBuilder();
    range.ifPresent(it -> out.append(it).append(": "));
    out.append(word).append(": ").append(message).append(" [").append(code).append(']');
    range.ifPresent(
        it -> {
          String number = Integer.toString(it.line());
          int width = Math.max(4, number.length() + 2);
          String line = it.file().line(it.line());
          int length =
              it.endLine() == it.line()
                  ? it.endColumn() - it.column()
                  : line.length() - it.column() + 1;
          out.append('\n').append(" ".repeat(width - number.length())).append(number);
          out.append(" | ").append(line).append('\n');
          out.append(" ".repeat(width)).append(" | ");
          out.append(" ".repeat(Math.max(0, it.column() - 1)))
              .append("^".repeat(Math.max(1, length)));
        });
    hints.forEach(it -> out.append("\nhint: ").append(it));
    return out.toString();
  }
}
