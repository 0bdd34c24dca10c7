package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Replaces variables in an instruction's words, by the rules of a shell, and takes quotes and
/// escapes away.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Environment
///   replacement</a>
public final class WordExpansion {
  private static final int MAX_DEPTH = 100;

  private final char escape;
  private final Function<String, Optional<String>> variables;

  public WordExpansion(char escape, Function<String, Optional<String>> variables) {
    this.escape = escape;
    this.variables = variables;
  }

  /// The word with its variables replaced. Blanks in values stay.
  ///
  /// @throws IllegalArgumentException when a quote or brace is left open, a modifier is unknown, or
  ///   `${name:?message}` says so
  public String expand(String word) {
    return new Run(word, 0).whole();
  }

  /// As [#expand], for EXPOSE, the one instruction where a value's blanks part words.
  public List<String> expandToWords(String word) {
    var run = new Run(word, 0);
    run.splitting = true;
    String last = run.whole();
    if (!last.isEmpty()) {
      run.words.add(last);
    }
    return List.copyOf(run.words);
  }

  /// Replaces variables in a heredoc: quotes are text there, only a `\` before `$`, itself or the
  /// end of a line means something.
  public String expandDocument(String content) {
    var run = new Run(content, 0);
    var out = new StringBuilder();
    while (run.at < content.length()) {
      char c = content.charAt(run.at);
      if (c == escape && run.at + 1 < content.length()) {
        char following = content.charAt(run.at + 1);
        run.at += 2;
        if (following != '$' && following != escape && following != '\n') {
          out.append(c);
        }
        if (following != '\n') {
          out.append(following);
        }
      } else if (c == '$') {
        run.at++;
        out.append(run.dollar());
      } else {
        out.append(c);
        run.at++;
      }
    }
    return out.toString();
  }

  /// One pass over one text; what stands in `${name:-word}` is a part of the same pass.
  private final class Run {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private int at;
    private int depth;
    private boolean splitting;

    Run(String text, int at) {
      this.text = text;
      this.at = at;
    }

    String whole() {
      return until('\0', false);
    }

    /// Reads up to `stop`, which is taken but not part of the result, or to the end.
    ///
    /// @param raw keeps escapes, for patterns that read them themselves
    private String until(char stop, boolean raw) {
      if (++depth > MAX_DEPTH) {
        throw new IllegalArgumentException("variables nest too deeply in \"" + shown() + "\"");
      }
      var out = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at);
        if (stop != '\0' && c == stop) {
          at++;
          depth--;
          return out.toString();
        }
        at++;
        if (c == '\'') {
          out.append(singleQuoted());
        } else if (c == '"') {
          out.append(doubleQuoted());
        } else if (c == '$') {
          appendValue(out, dollar(), stop);
        } else if (c == escape) {
          if (at < text.length()) {
            if (raw) {
              out.append('\\');
            }
            out.append(text.charAt(at++));
          }
        } else if (splitting && stop == '\0' && Character.isWhitespace(c)) {
          endWord(out);
        } else {
          out.append(c);
        }
      }
      if (stop != '\0') {
        throw new IllegalArgumentException(
            "syntax error: missing '" + stop + "' in \"" + shown() + "\"");
      }
      depth--;
      return out.toString();
    }

    private void appendValue(StringBuilder out, String value, char stop) {
      if (!splitting || stop != '\0') {
        out.append(value);
        return;
      }
      for (int i = 0; i < value.length(); i++) {
        if (Character.isWhitespace(value.charAt(i))) {
          endWord(out);
        } else {
          out.append(value.charAt(i));
        }
      }
    }

    private void endWord(StringBuilder out) {
      if (!out.isEmpty()) {
        words.add(out.toString());
        out.setLength(0);
      }
    }

    private String singleQuoted() {
      int end = text.indexOf('\'', at);
      if (end < 0) {
        throw new IllegalArgumentException(
            "unexpected end of statement while looking for matching single-quote in \""
                + shown()
                + "\"");
      }
      String inside = text.substring(at, end);
      at = end + 1;
      return inside;
    }

    private String doubleQuoted() {
      var out = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          return out.toString();
        }
        if (c == '$') {
          out.append(dollar());
        } else if (c == escape) {
          if (at >= text.length()) {
            break;
          }
          char following = text.charAt(at++);
          if (following != '"' && following != '$' && following != escape) {
            out.append(c);
          }
          out.append(following);
        } else {
          out.append(c);
        }
      }
      throw new IllegalArgumentException(
          "unexpected end of statement while looking for matching double-quote in \""
              + shown()
              + "\"");
    }

    /// What a `$`, already read, and what follows it stand for.
    private String dollar() {
      if (at < text.length() && text.charAt(at) == '{') {
        at++;
        return braced();
      }
      String name = name();
      return name.isEmpty() ? "$" : variables.apply(name).orElse("");
    }

    private String name() {
      int start = at;
      if (at < text.length() && "@*#?-$!0".indexOf(text.charAt(at)) >= 0) {
        at++;
      } else if (at < text.length() && isDigit(text.charAt(at))) {
        while (at < text.length() && isDigit(text.charAt(at))) {
          at++;
        }
      } else {
        while (at < text.length()
            && (isDigit(text.charAt(at)) || text.charAt(at) == '_' || isLetter(text.charAt(at)))) {
          at++;
        }
      }
      return text.substring(start, at);
    }

    private String braced() {
      String name = name();
      if (name.isEmpty() || at >= text.length()) {
        throw new IllegalArgumentException("syntax error: bad substitution in \"" + shown() + "\"");
      }
      Optional<String> value = variables.apply(name);
      char operator = text.charAt(at++);
      return switch (operator) {
        case '}' -> value.orElse("");
        case ':' -> {
          char modifier = at < text.length() ? text.charAt(at++) : '\0';
          yield conditional(name, value.filter(it -> !it.isEmpty()), modifier, ":" + modifier);
        }
        case '-', '+', '?' -> conditional(name, value, operator, String.valueOf(operator));
        case '#', '%' -> {
          boolean longest = at < text.length() && text.charAt(at) == operator;
          if (longest) {
            at++;
          }
          String pattern = until('}', true);
          yield operator == '#'
              ? ShellPattern.stripPrefix(value.orElse(""), pattern, longest)
              : ShellPattern.stripSuffix(value.orElse(""), pattern, longest);
        }
        case '/' -> {
          boolean all = at < text.length() && text.charAt(at) == '/';
          if (all) {
            at++;
          }
          String pattern = until('/', true);
          String replacement = until('}', false);
          yield ShellPattern.replace(value.orElse(""), pattern, replacement, all);
        }
        default ->
            throw new IllegalArgumentException(
                "unsupported modifier (" + operator + ") in substitution in \"" + shown() + "\"");
      };
    }

    private String conditional(
        String name, Optional<String> value, char modifier, String shownModifier) {
      boolean known = modifier == '-' || modifier == '+' || modifier == '?';
      if (!known) {
        throw new IllegalArgumentException(
            "unsupported modifier (" + shownModifier + ") in substitution in \"" + shown() + "\"");
      }
      String word = until('}', false);
      return switch (modifier) {
        case '-' -> value.orElse(word);
        case '+' -> value.isPresent() ? word : "";
        default ->
            value.orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name + ": " + (word.isEmpty() ? "not allowed to be unset" : word)));
      };
    }

    private String shown() {
      return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
