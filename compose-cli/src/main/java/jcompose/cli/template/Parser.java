package jcompose.cli.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.cli.template.GoTemplate.Broken;

/// Reads a template: cuts it into texts and actions, and puts blocks together.
final class Parser {
  private static final Pattern ACTION =
      Pattern.compile(
          "\\{\\{(-\\s)?\\s*((?:\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|[^\"`])*?)\\s*(\\s-)?}}");
  private static final Pattern ASSIGNMENT = Pattern.compile("(\\$\\w+)\\s*(:?=)\\s*(.*)");
  private static final Pattern RANGE_VARIABLES =
      Pattern.compile("(?:(\\$\\w+)\\s*,\\s*)?(\\$\\w+)\\s*:=\\s*(.*)");

  private record Token(boolean action, String text) {
    boolean ends() {
      return action && (text.equals("end") || text.matches("else(\\s.*)?"));
    }
  }

  private final List<Token> tokens;
  private int at;

  Parser(String text) {
    this.tokens = tokens(text);
  }

  List<Node> template() {
    List<Node> nodes = block();
    if (at < tokens.size()) {
      throw new Broken("unexpected {{" + tokens.get(at).text() + "}}");
    }
    return nodes;
  }

  private static List<Token> tokens(String source) {
    var tokens = new ArrayList<Token>();
    Matcher matcher = ACTION.matcher(source);
    int end = 0;
    boolean trim = false;
    while (matcher.find()) {
      String before = source.substring(end, matcher.start());
      before = trim ? before.stripLeading() : before;
      tokens.add(new Token(false, matcher.group(1) == null ? before : before.stripTrailing()));
      String action = matcher.group(2);
      if (!action.startsWith("/*")) {
        tokens.add(new Token(true, action));
      }
      trim = matcher.group(3) != null;
      end = matcher.end();
    }
    String rest = source.substring(end);
    if (rest.contains("{{")) {
      throw new Broken("unclosed action");
    }
    tokens.add(new Token(false, trim ? rest.stripLeading() : rest));
    return tokens;
  }

  private List<Node> block() {
    var nodes = new ArrayList<Node>();
    while (at < tokens.size() && !tokens.get(at).ends()) {
      Token token = tokens.get(at++);
      nodes.add(token.action() ? action(token.text()) : new Node.Plain(token.text()));
    }
    return List.copyOf(nodes);
  }

  private Node action(String text) {
    if (text.matches("if\\s.*")) {
      return choice(text.substring(2).strip());
    }
    if (text.matches("with\\s.*")) {
      return with(text.substring(4).strip());
    }
    if (text.matches("range\\s.*")) {
      return range(text.substring(5).strip());
    }
    if (text.matches("(define|template|block|break|continue)\\b.*")) {
      throw new Broken("{{" + text + "}} is not supported");
    }
    Matcher assignment = ASSIGNMENT.matcher(text);
    return assignment.matches()
        ? new Node.Assign(
            assignment.group(1),
            assignment.group(2).equals(":="),
            PipeParser.parse(assignment.group(3)))
        : new Node.Value(PipeParser.parse(text));
  }

  private Node choice(String condition) {
    Expression value = PipeParser.parse(condition);
    List<Node> yes = block();
    String word = next();
    if (word.startsWith("else if ")) {
      return new Node.If(value, yes, List.of(choice(word.substring("else if ".length()))));
    }
    return new Node.If(value, yes, rest(word, "if"));
  }

  private Node with(String text) {
    Matcher assignment = ASSIGNMENT.matcher(text);
    boolean named = assignment.matches();
    Expression value = PipeParser.parse(named ? assignment.group(3) : text);
    List<Node> yes = block();
    return new Node.With(
        named ? Optional.of(assignment.group(1)) : Optional.empty(),
        value,
        yes,
        rest(next(), "with"));
  }

  private Node range(String text) {
    Matcher named = RANGE_VARIABLES.matcher(text);
    boolean variables = named.matches();
    Expression value = PipeParser.parse(variables ? named.group(3) : text);
    List<Node> body = block();
    return new Node.Range(
        variables ? Optional.ofNullable(named.group(1)) : Optional.empty(),
        variables ? Optional.of(named.group(2)) : Optional.empty(),
        value,
        body,
        rest(next(), "range"));
  }

  /// What an `else` holds, up to the `end`.
  private List<Node> rest(String word, String of) {
    List<Node> rest = List.of();
    String last = word;
    if (word.equals("else")) {
      rest = block();
      last = next();
    }
    if (!last.equals("end")) {
      throw new Broken("{{" + of + "}} without {{end}}");
    }
    return rest;
  }

  private String next() {
    return at < tokens.size() ? tokens.get(at++).text() : "";
  }
}
