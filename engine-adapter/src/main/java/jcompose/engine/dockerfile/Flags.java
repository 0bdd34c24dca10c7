package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `--name[=value]` words right after an instruction's name.
///
/// @param end where the rest of the arguments begins in the text
record Flags(List<Flag> flags, int end) {

  /// @param start where it stands in the text, up to `end`
  record Flag(String name, Optional<String> value, int start, int end) {}

  /// Reads flags from `from` on. A lone `--` ends them.
  static Flags read(String text, int from, char escape) {
    var flags = new ArrayList<Flag>();
    int at = skipBlanks(text, from);
    while (text.startsWith("--", at)) {
      int end = wordEnd(text, at, escape);
      String word = unquote(text.substring(at + 2, end), escape);
      if (word.isEmpty()) {
        at = skipBlanks(text, end);
        break;
      }
      int equals = word.indexOf('=');
      flags.add(
          equals < 0
              ? new Flag(word, Optional.empty(), at, end)
              : new Flag(
                  word.substring(0, equals), Optional.of(word.substring(equals + 1)), at, end));
      at = skipBlanks(text, end);
    }
    return new Flags(flags, at);
  }

  /// What follows the flags.
  static String skip(String text, char escape) {
    return text.substring(read(text, 0, escape).end());
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int wordEnd(String text, int from, char escape) {
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == escape) {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (Character.isWhitespace(c)) {
        return i;
      }
    }
    return text.length();
  }

  private static String unquote(String word, char escape) {
    var out = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == escape && i + 1 < word.length()) {
        out.append(word.charAt(++i));
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
