package jcompose.cli.object;

/// JSON over many lines, as Go's json.Indent writes it with four blanks. Texts, numbers and the
/// order stay as they are.
final class Indented {
  private static final String STEP = "    ";

  private final String json;
  private final StringBuilder out = new StringBuilder();
  private int depth;
  private int at;

  private Indented(String json) {
    this.json = json;
  }

  static String of(String json) {
    var indented = new Indented(json);
    indented.run();
    return indented.out.toString();
  }

  private void run() {
    for (; at < json.length(); at++) {
      char each = json.charAt(at);
      switch (each) {
        case '"' -> text();
        case '{', '[' -> open(each);
        case '}', ']' -> {
          depth--;
          line();
          out.append(each);
        }
        case ',' -> {
          out.append(each);
          line();
        }
        case ':' -> out.append(": ");
        case ' ', '\t', '\r', '\n' -> {}
        default -> out.append(each);
      }
    }
  }

  private void text() {
    int start = at++;
    while (json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    out.append(json, start, at + 1);
  }

  /// What is empty stays on its line.
  private void open(char bracket) {
    out.append(bracket);
    int next = at + 1;
    while (next < json.length() && Character.isWhitespace(json.charAt(next))) {
      next++;
    }
    if (next < json.length() && (json.charAt(next) == '}' || json.charAt(next) == ']')) {
      out.append(json.charAt(next));
      at = next;
      return;
    }
    depth++;
    line();
  }

  private void line() {
    out.append('\n').append(STEP.repeat(depth));
  }
}
