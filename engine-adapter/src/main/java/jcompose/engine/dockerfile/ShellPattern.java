package jcompose.engine.dockerfile;

/// The patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`: `*` is any
/// text, `?` one character, `\` makes the next one literal. Matching takes time linear in pattern
/// and value for each start, whatever the pattern.
final class ShellPattern {
  private ShellPattern() {}

  static String stripPrefix(String value, String pattern, boolean longest) {
    int end = matchEnd(value, 0, pattern, longest);
    return end < 0 ? value : value.substring(end);
  }

  static String stripSuffix(String value, String pattern, boolean longest) {
    for (int i = 0; i <= value.length(); i++) {
      int start = longest ? i : value.length() - i;
      if (matches(value.substring(start), pattern)) {
        return value.substring(0, start);
      }
    }
    return value;
  }

  static String replace(String value, String pattern, String replacement, boolean all) {
    var out = new StringBuilder();
    int at = 0;
    boolean done = false;
    while (at < value.length()) {
      int end = done ? -1 : matchEnd(value, at, pattern, true);
      if (end > at) {
        out.append(replacement);
        at = end;
        done = !all;
      } else {
        out.append(value.charAt(at++));
      }
    }
    return out.toString();
  }

  private static boolean matches(String value, String pattern) {
    return matchEnd(value, 0, pattern, true) == value.length();
  }

  /// Where a match that begins at `from` ends, or -1.
  private static int matchEnd(String value, int from, String pattern, boolean longest) {
    // alive[i]: the pattern up to its i-th element has matched what was read
    int[] elements = pattern.codePoints().toArray();
    var literal = new boolean[elements.length];
    int count = 0;
    for (int i = 0; i < elements.length; i++) {
      boolean escaped = elements[i] == '\\' && i + 1 < elements.length;
      elements[count] = escaped ? elements[++i] : elements[i];
      literal[count++] = escaped || (elements[count - 1] != '*' && elements[count - 1] != '?');
    }
    var alive = new boolean[count + 1];
    alive[0] = true;
    skipStars(alive, elements, literal, count);
    int best = alive[count] ? from : -1;
    int at = from;
    while (at < value.length() && !(best >= 0 && !longest)) {
      int c = value.codePointAt(at);
      at += Character.charCount(c);
      var next = new boolean[count + 1];
      for (int i = 0; i < count; i++) {
        if (alive[i]) {
          if (!literal[i] && elements[i] == '*') {
            next[i] = true;
          } else if (!literal[i] || elements[i] == c) {
            next[i + 1] = true;
          }
        }
      }
      alive = next;
      skipStars(alive, elements, literal, count);
      if (alive[count]) {
        best = at;
      }
    }
    return best;
  }

  /// A star also matches nothing.
  private static void skipStars(boolean[] alive, int[] elements, boolean[] literal, int count) {
    for (int i = 0; i < count; i++) {
      if (alive[i] && !literal[i] && elements[i] == '*') {
        alive[i + 1] = true;
      }
    }
  }
}
