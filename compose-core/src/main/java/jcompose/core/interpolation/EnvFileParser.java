package jcompose.core.interpolation;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;

/// The dotenv grammar as compose-go reads it: `NAME=value`, `NAME: value`, `export NAME=value`,
/// `NAME`; values bare, in double quotes (escapes and references) or in single quotes (neither),
/// quoted ones over several lines.
final class EnvFileParser {
  private final SourceFile file;
  private final String text;
  private final Variables outer;
  private final LinkedHashMap<String, EnvFile.Entry> entries = new LinkedHashMap<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private final Set<String> warned = new HashSet<>();
  private int at;
  private int line = 1;

  EnvFileParser(SourceFile file, Variables outer) {
    this.file = file;
    this.outer = outer;
    String all = file.text();
    this.text = all.startsWith("\uFEFF") ? all.substring(1) : all;
  }

  EnvFile parse() {
    while (skipToStatement()) { // after a mistake nothing is left
      statement();
    }
    return new EnvFile(entries, problems);
  }

  /// Passes blank lines and comments; false at the end.
  private boolean skipToStatement() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        skipLine();
      } else if (Character.isWhitespace(c)) {
        advance();
      } else {
        return true;
      }
    }
    return false;
  }

  /// A name ends at `=`, `:` or the end of its line. As in compose-go, what the text ends with
  /// before any of them is the value of an empty name.
  private void statement() {
    int startLine = line;
    skipExport();
    int nameStart = at;
    int end = nameStart;
    while (end < text.length() && "=:\n".indexOf(text.charAt(end)) < 0) {
      char c = text.charAt(end);
      if (!isBlank(c) && !isNameCharacter(c)) {
        fail(
            startLine,
            text.substring(nameStart, end).indexOf(' ') >= 0
                ? "key cannot contain a space: \"" + restOfLine(nameStart) + "\""
                : "unexpected character \"%c\" in variable name \"%s\""
                    .formatted(c, restOfLine(nameStart)));
        return;
      }
      end++;
    }
    if (end == text.length()) {
      value("", startLine);
      return;
    }
    String name = text.substring(nameStart, end).stripTrailing();
    if (name.indexOf(' ') >= 0) {
      fail(startLine, "key cannot contain a space: \"" + restOfLine(nameStart) + "\"");
      return;
    }
    at = end;
    if (text.charAt(end) == '\n') {
      put(name, Optional.empty(), startLine);
      return;
    }
    at++;
    value(name, startLine);
  }

  /// White space that ends no line.
  private static boolean isBlank(char c) {
    return " \t\r\f\u000B\u0085\u00A0".indexOf(c) >= 0;
  }

  private void skipExport() {
    if (text.startsWith("export", at)
        && at + 6 < text.length()
        && (text.charAt(at + 6) == ' ' || text.charAt(at + 6) == '\t')) {
      at += 6;
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }
  }

  private void value(String name, int startLine) {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      quoted(name, startLine);
    } else {
      bare(name, startLine);
    }
  }

  private void bare(String name, int startLine) {
    int end = text.indexOf('\n', at);
    String raw = text.substring(at, end < 0 ? text.length() : end);
    int comment = raw.indexOf(" #");
    String value = (comment < 0 ? raw : raw.substring(0, comment)).strip();
    at += raw.length();
    expand(name, value, startLine);
  }

  private void quoted(String name, int startLine) {
    char quote = text.charAt(at);
    int open = at;
    advance();
    var content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        at++; // what follows on the line is read as a line of its own
        if (quote == '"') {
          expand(name, unescape(content.toString()), startLine);
        } else {
          put(name, Optional.of(content.toString()), startLine);
        }
        return;
      }
      if (c == '\\' && at + 1 < text.length()) {
        char escaped = text.charAt(at + 1);
        if (escaped == quote) {
          content.append(quote == '"' ? "\\\"" : "'");
        } else {
          content.append(c).append(escaped);
        }
        advance();
        advance();
        continue;
      }
      content.append(c);
      advance();
    }
    fail(startLine, "unterminated quoted value " + restOfLine(open));
  }

  /// Escapes of double quotes; `\$` stays a dollar that begins no reference.
  private static String unescape(String content) {
    var out = new StringBuilder();
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c != '\\' || i + 1 == content.length()) {
        out.append(c);
        continue;
      }
      char next = content.charAt(++i);
      switch (next) {
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'c' -> out.append("\\c");
        case 'f' -> out.append('\f');
        case 'v' -> out.append('\u000B');
        case '\\' -> out.append('\\');
        case '"' -> out.append('"');
        case '$' -> out.append("$$");
        case '0' -> i = octal(content, i + 1, out) - 1;
        default -> out.append('\\').append(next);
      }
    }
    return out.toString();
  }

  /// `\0` and three octal digits are a byte; with fewer only the zero goes.
  ///
  /// @return where to read on
  private static int octal(String content, int start, StringBuilder out) {
    int end = start;
    while (end < content.length()
        && end < start + 3
        && content.charAt(end) >= '0'
        && content.charAt(end) <= '7') {
      end++;
    }
    int value = end == start + 3 ? Integer.parseInt(content.substring(start, end), 8) : 256;
    if (value < 256) {
      out.append((char) value);
    } else {
      out.append('\\').append(content, start, end);
    }
    return end;
  }

  private void expand(String name, String value, int startLine) {
    Variables earlier =
        other ->
            Optional.ofNullable(entries.get(other))
                .flatMap(EnvFile.Entry::value)
                .map(it -> new Variables.Variable(it, file.name()));
    Either<String, String> result =
        Template.parse(value)
            .flatMap(
                it ->
                    it.substitute(
                        outer.or(earlier),
                        (reference, found) -> warnIfUnset(reference, found, startLine)));
    if (result.isLeft()) {
      fail(startLine, result.getLeft());
    } else {
      put(name, Optional.of(result.get()), startLine);
    }
  }

  private void warnIfUnset(
      Template.Part.Reference reference, Optional<Variables.Variable> found, int startLine) {
    if (found.isEmpty()
        && reference.operator() == Template.Operator.NONE
        && warned.add(reference.name())) {
      problems.add(
          Diagnostic.warning(
              "unset-variable",
              range(startLine),
              "the \"%s\" variable is not set, defaulting to a blank string"
                  .formatted(reference.name())));
    }
  }

  private void put(String name, Optional<String> value, int startLine) {
    entries.put(name, new EnvFile.Entry(value, range(startLine)));
  }

  private void fail(int startLine, String message) {
    problems.add(Diagnostic.error("env-file-syntax", range(startLine), message));
    at = text.length();
  }

  private SourceRange range(int number) {
    return new SourceRange(file, number, 1, number, file.line(number).length() + 1);
  }

  private String restOfLine(int start) {
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private void advance() {
    if (text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '[' || c == ']';
  }
}
