package jcompose.core.interpolation;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import jcompose.core.interpolation.Template.Operator;
import jcompose.core.interpolation.Template.Part;

/// One pass over a template's text.
final class TemplateParser {
  private static final List<Operator> LONGEST_FIRST =
      List.of(
          Operator.DEFAULT_OR_EMPTY,
          Operator.REQUIRED_NOT_EMPTY,
          Operator.ALTERNATIVE_NOT_EMPTY,
          Operator.DEFAULT,
          Operator.REQUIRED,
          Operator.ALTERNATIVE);

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();

  TemplateParser(String text) {
    this.text = text;
  }

  Either<String, Template> parse() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$' || at + 1 == text.length()) {
        plain.append(c);
        at++;
        continue;
      }
      char next = text.charAt(at + 1);
      if (next == '$') {
        plain.append('$');
        at += 2;
      } else if (next == '{') {
        int close = closingBrace(at + 1);
        if (close < 0) {
          return invalid("a \"${\" is never closed");
        }
        Either<String, Part> reference = braced(text.substring(at + 2, close));
        if (reference.isLeft()) {
          return Either.left(reference.getLeft());
        }
        add(reference.get());
        at = close + 1;
      } else if (isNameStart(next)) {
        int end = nameEnd(text, at + 1);
        add(
            new Part.Reference(
                text.substring(at + 1, end), Operator.NONE, new Template(List.of()), ""));
        at = end;
      } else {
        plain.append('$');
        at++;
      }
    }
    flush();
    return Either.right(new Template(parts));
  }

  private Either<String, Part> braced(String body) {
    if (body.isEmpty() || !isNameStart(body.charAt(0))) {
      return invalidPart("\"" + body + "\" does not begin with a variable's name");
    }
    int end = nameEnd(body, 0);
    String name = body.substring(0, end);
    String rest = body.substring(end);
    if (rest.isEmpty()) {
      return Either.right(new Part.Reference(name, Operator.NONE, new Template(List.of()), ""));
    }
    for (Operator operator : LONGEST_FIRST) {
      if (rest.startsWith(operator.sign())) {
        String word = rest.substring(operator.sign().length());
        return Template.parse(word).map(it -> new Part.Reference(name, operator, it, word));
      }
    }
    return invalidPart("\"" + rest + "\" after the name " + name + " is no operator");
  }

  /// The brace that closes the one at `open`; braces between nest.
  private int closingBrace(int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private void add(Part part) {
    flush();
    parts.add(part);
  }

  private void flush() {
    if (!plain.isEmpty()) {
      parts.add(new Part.Text(plain.toString()));
      plain.setLength(0);
    }
  }

  private Either<String, Template> invalid(String why) {
    return Either.left("invalid interpolation format: \"" + text + "\": " + why);
  }

  private Either<String, Part> invalidPart(String why) {
    return Either.left("invalid interpolation format: \"" + text + "\": " + why);
  }

  static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static int nameEnd(String text, int start) {
    int end = start;
    while (end < text.length()
        && (isNameStart(text.charAt(end))
            || (text.charAt(end) >= '0' && text.charAt(end) <= '9'))) {
      end++;
    }
    return end;
  }
}
