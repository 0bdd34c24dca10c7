package jcompose.cli.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.cli.template.GoTemplate.Broken;

/// Reads what stands between the braces: commands with arguments, joined by bars.
final class PipeParser {
  private static final Pattern WORD =
      Pattern.compile(
          "\\s*(\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|\\||\\(|\\)|\\$\\w*(?:\\.\\w+)*"
              + "|\\.\\w+(?:\\.\\w+)*|\\.|[-+]?\\d[\\d.]*|[A-Za-z_]\\w*)");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  /// @param glued whether it follows the one before without a blank
  private record Word(String text, boolean glued) {}

  private final List<Word> words = new ArrayList<>();
  private int at;

  private PipeParser(String source) {
    Matcher matcher = WORD.matcher(source);
    int end = 0;
    while (end < source.stripTrailing().length()) {
      if (!matcher.region(end, source.length()).lookingAt()) {
        throw new Broken("unexpected \"" + source.substring(end).strip() + "\"");
      }
      words.add(new Word(matcher.group(1), matcher.start(1) == end));
      end = matcher.end();
    }
  }

  static Expression parse(String source) {
    var parser = new PipeParser(source);
    Expression pipe = parser.pipe();
    if (parser.at < parser.words.size()) {
      throw new Broken("unexpected \"" + parser.words.get(parser.at).text() + "\"");
    }
    return pipe;
  }

  private Expression pipe() {
    Expression value = command(List.of());
    while (peek("|")) {
      at++;
      value = command(List.of(value));
    }
    return value;
  }

  private boolean peek(String text) {
    return at < words.size() && words.get(at).text().equals(text);
  }

  private Expression command(List<Expression> piped) {
    if (at >= words.size() || peek("|") || peek(")")) {
      throw new Broken("missing value for command");
    }
    String first = words.get(at).text();
    if (first.matches("[A-Za-z_]\\w*") && !first.matches("true|false|nil")) {
      if (!Functions.VALUES.containsKey(first)) {
        throw new Broken("function \"" + first + "\" not defined");
      }
      at++;
      var arguments = arguments();
      arguments.addAll(piped);
      return new Expression.Call(first, List.copyOf(arguments));
    }
    Expression value = operand();
    var arguments = arguments();
    arguments.addAll(piped);
    if (first.equals(".Label") && arguments.size() == 1) {
      return new Expression.Label(arguments.getFirst());
    }
    if (!arguments.isEmpty()) {
      throw new Broken("can't give argument to non-function " + first);
    }
    return value;
  }

  private List<Expression> arguments() {
    var arguments = new ArrayList<Expression>();
    while (at < words.size() && !peek("|") && !peek(")")) {
      arguments.add(operand());
    }
    return arguments;
  }

  private Expression operand() {
    String word = words.get(at++).text();
    if (word.equals("(")) {
      Expression inner = pipe();
      if (!peek(")")) {
        throw new Broken("unclosed left paren");
      }
      at++;
      if (at < words.size() && words.get(at).glued() && words.get(at).text().startsWith(".")) {
        return new Expression.Chain(inner, fields(words.get(at++).text()));
      }
      return inner;
    }
    return switch (word.charAt(0)) {
      case '.' -> new Expression.Dot(fields(word));
      case '$' -> {
        int dot = word.indexOf('.');
        yield new Expression.Variable(
            dot < 0 ? word : word.substring(0, dot),
            dot < 0 ? List.of() : fields(word.substring(dot)));
      }
      case '"' -> new Expression.Literal(unquoted(word));
      case '`' -> new Expression.Literal(word.substring(1, word.length() - 1));
      default -> new Expression.Literal(literal(word));
    };
  }

  private static Object literal(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "nil" -> Nothing.NOTHING;
      default -> {
        try {
          yield word.contains(".") ? new BigDecimal(word) : (Object) Long.valueOf(word);
        } catch (NumberFormatException e) {
          if (word.matches("\\w+")) {
            // a function without arguments in the place of one
            yield Functions.VALUES.containsKey(word) ? refuse(word) : undefined(word);
          }
          throw new Broken("bad number syntax: \"" + word + "\"");
        }
      }
    };
  }

  private static Object refuse(String function) {
    throw new Broken("wrong number of args for " + function + ": put it in parentheses");
  }

  private static Object undefined(String function) {
    throw new Broken("function \"" + function + "\" not defined");
  }

  private static List<String> fields(String path) {
    return path.equals(".") ? List.of() : List.of(path.substring(1).split("\\."));
  }

  private static String unquoted(String word) {
    return ESCAPE
        .matcher(word.substring(1, word.length() - 1))
        .replaceAll(
            it ->
                Matcher.quoteReplacement(
                    switch (it.group(1)) {
                      case "n" -> "\n";
                      case "t" -> "\t";
                      case "\"", "\\" -> it.group(1);
                      default -> throw new Broken("unknown escape sequence: " + it.group());
                    }));
  }
}
