package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The exec form: a JSON array of strings. Anything else, also an almost right array, is the shell
/// form.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
final class JsonWords {
  private final String text;
  private int at;

  private JsonWords(String text) {
    this.text = text;
  }

  static Optional<List<String>> parse(String text) {
    String stripped = text.strip();
    return stripped.startsWith("[") ? new JsonWords(stripped).array() : Optional.empty();
  }

  private Optional<List<String>> array() {
    var words = new ArrayList<String>();
    at = 1;
    blanks();
    if (take(']')) {
      return end(words);
    }
    while (true) {
      blanks();
      Optional<String> word = string();
      if (word.isEmpty()) {
        return Optional.empty();
      }
      words.add(word.get());
      blanks();
      if (take(']')) {
        return end(words);
      }
      if (!take(',')) {
        return Optional.empty();
      }
    }
  }

  private Optional<List<String>> end(List<String> words) {
    return at == text.length() ? Optional.of(words) : Optional.empty();
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private Optional<String> string() {
    if (!take('"')) {
      return Optional.empty();
    }
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return Optional.of(value.toString());
      }
      if (c < ' ') {
        return Optional.empty();
      }
      if (c != '\\') {
        value.append(c);
        continue;
      }
      if (at >= text.length()) {
        return Optional.empty();
      }
      char escaped = text.charAt(at++);
      int simple = "\"\\/bfnrt".indexOf(escaped);
      if (simple >= 0) {
        value.append("\"\\/\b\f\n\r\t".charAt(simple));
      } else if (escaped == 'u' && at + 4 <= text.length()) {
        try {
          value.append((char) Integer.parseUnsignedInt(text.substring(at, at + 4), 16));
        } catch (NumberFormatException e) {
          return Optional.empty();
        }
        at += 4;
      } else {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
