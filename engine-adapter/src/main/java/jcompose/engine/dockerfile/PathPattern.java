package jcompose.engine.dockerfile;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A path with wildcards, as Go's filepath.Match has them: `*` and `?` stay within one name,
/// `[a-z]` and `[^a-z]` are one character, `\` makes the next one literal; and `**`, which is any
/// number of names.
///
/// @see <a href="https://pkg.go.dev/path/filepath#Match">filepath.Match</a>
public final class PathPattern {
  private final Pattern pattern;
  private final boolean wild;

  private PathPattern(Pattern pattern, boolean wild) {
    this.pattern = pattern;
    this.wild = wild;
  }

  /// @param doubleStar whether `**` is any number of names; else it is the same as `*`
  /// @throws IllegalArgumentException when the pattern is malformed
  public static PathPattern compile(String text, boolean doubleStar) {
    var regex = new StringBuilder();
    boolean wild = false;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> {
          wild = true;
          i = star(text, i, doubleStar, regex);
        }
        case '?' -> {
          wild = true;
          regex.append("[^/]");
          i++;
        }
        case '[' -> {
          wild = true;
          i = characterClass(text, i, regex);
        }
        case '\\' -> {
          if (i + 1 >= text.length()) {
            throw new IllegalArgumentException("syntax error in pattern \"" + text + "\"");
          }
          regex.append(Pattern.quote(text.substring(i + 1, i + 2)));
          i += 2;
        }
        default -> {
          int next = text.offsetByCodePoints(i, 1);
          regex.append(Pattern.quote(text.substring(i, next)));
          i = next;
        }
      }
    }
    try {
      return new PathPattern(Pattern.compile(regex.toString(), Pattern.DOTALL), wild);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("syntax error in pattern \"" + text + "\"", e);
    }
  }

  private static int star(String text, int from, boolean doubleStar, StringBuilder regex) {
    if (!doubleStar || !text.startsWith("**", from)) {
      regex.append("[^/]*");
      return from + 1;
    }
    int next = from + 2;
    if (next < text.length() && text.charAt(next) == '/') {
      next++;
    }
    regex.append(next == text.length() ? ".*" : "(?:.*/)?");
    return next;
  }

  private static int characterClass(String text, int from, StringBuilder regex) {
    int i = from + 1;
    regex.append("(?!/)[");
    if (i < text.length() && text.charAt(i) == '^') {
      regex.append('^');
      i++;
    }
    int first = i;
    while (i < text.length() && (text.charAt(i) != ']' || i == first)) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        regex.append('\\').append(c);
      } else if (c == '-') {
        regex.append('-');
      } else {
        if ("[]&^\\".indexOf(c) >= 0) {
          regex.append('\\');
        }
        regex.append(c);
      }
      i++;
    }
    if (i >= text.length() || i == first) {
      throw new IllegalArgumentException("syntax error in pattern \"" + text + "\"");
    }
    regex.append(']');
    return i + 1;
  }

  /// Whether it has a wildcard; else it matches itself alone.
  public boolean isWild() {
    return wild;
  }

  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }
}
