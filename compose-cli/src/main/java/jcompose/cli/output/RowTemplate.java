package jcompose.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.cli.settings.UsageError;

/// The part of Go's text/template that `--format` is used with: text, `{{.Field}}`, `{{json .}}`,
/// `{{.Label "key"}}`, pipes of docker's functions, `{{if}} … {{else}} … {{end}}`, and comments.
///
/// @see <a href="https://pkg.go.dev/text/template">text/template</a>
public final class RowTemplate {
  private static final Pattern ACTION =
      Pattern.compile(
          "\\{\\{(-\\s)?\\s*((?:\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|[^\"`])*?)\\s*(\\s-)?}}");
  private static final Pattern WORD =
      Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|\\||\\S+?(?=\\||\\s|$)");

  private final String text;
  private final Block block;

  private RowTemplate(String text) {
    this.text = text;
    var tokens = tokens(text);
    int[] at = {0};
    this.block = block(tokens, at);
    if (at[0] < tokens.size()) {
      throw broken("unexpected {{" + tokens.get(at[0]).text() + "}}");
    }
  }

  /// @throws UsageError when it is none
  public static RowTemplate of(String text) {
    return new RowTemplate(text);
  }

  /// A row of values: their names, what each is, and the object's labels.
  public record Row(Map<String, Object> fields, Map<String, String> labels) {}

  /// Fills it in.
  ///
  /// @throws UsageError for a field that there is not
  public String fill(Row row) {
    var out = new StringBuilder();
    block.write(row, out);
    return out.toString();
  }

  /// The same with each field's title for its value; as docker, a field without one is its name.
  String titles(Map<String, String> titles, Row any) {
    var out = new StringBuilder();
    var names = new java.util.TreeMap<String, Object>();
    any.fields().keySet().forEach(it -> names.put(it, titles.getOrDefault(it, it)));
    block.title(new Row(names, Map.of()), out);
    return out.toString();
  }

  // ---- reading

  private record Token(boolean action, String text) {}

  private List<Token> tokens(String source) {
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
      throw broken("unclosed action");
    }
    tokens.add(new Token(false, trim ? rest.stripLeading() : rest));
    return tokens;
  }

  private UsageError broken(String why) {
    return new UsageError("template parsing error in \"" + text + "\": " + why);
  }

  private Block block(List<Token> tokens, int[] at) {
    var parts = new ArrayList<Part>();
    while (at[0] < tokens.size()) {
      Token token = tokens.get(at[0]);
      if (!token.action()) {
        parts.add(new Plain(token.text()));
        at[0]++;
        continue;
      }
      if (token.text().equals("end") || token.text().matches("else(\\s.*)?")) {
        break;
      }
      at[0]++;
      if (token.text().matches("if\\s.*")) {
        parts.add(choice(pipe(token.text().substring(2)), tokens, at));
      } else if (token.text().matches("(range|with|define|template|block)\\b.*")) {
        throw broken("{{" + token.text() + "}} is not supported");
      } else {
        parts.add(new Value(pipe(token.text())));
      }
    }
    return new Block(parts);
  }

  private Choice choice(Pipe condition, List<Token> tokens, int[] at) {
    Block yes = block(tokens, at);
    Block no = new Block(List.of());
    String word = at[0] < tokens.size() ? tokens.get(at[0]++).text() : "";
    if (word.equals("else")) {
      no = block(tokens, at);
      word = at[0] < tokens.size() ? tokens.get(at[0]++).text() : "";
    } else if (word.startsWith("else if ")) {
      return new Choice(
          condition, yes, new Block(List.of(choice(pipe(word.substring(7)), tokens, at))));
    }
    if (!word.equals("end")) {
      throw broken("{{if}} without {{end}}");
    }
    return new Choice(condition, yes, no);
  }

  private Pipe pipe(String source) {
    var calls = new ArrayList<List<String>>();
    var call = new ArrayList<String>();
    Matcher words = WORD.matcher(source.strip());
    while (words.find()) {
      if (words.group().equals("|")) {
        calls.add(List.copyOf(call));
        call.clear();
      } else {
        call.add(words.group());
      }
    }
    calls.add(List.copyOf(call));
    if (calls.stream().anyMatch(List::isEmpty)) {
      throw broken("missing value for command");
    }
    for (List<String> it : calls) {
      String first = it.getFirst();
      if (!isValue(first) && !FUNCTIONS.containsKey(first)) {
        throw broken("function \"" + first + "\" not defined");
      }
    }
    return new Pipe(calls);
  }

  private static boolean isValue(String word) {
    return word.startsWith(".") || word.startsWith("\"") || word.startsWith("`") || isNumber(word);
  }

  private static boolean isNumber(String word) {
    return word.matches("-?\\d+");
  }

  // ---- filling in

  private sealed interface Part {
    void write(Row row, StringBuilder out);
  }

  private record Plain(String text) implements Part {
    @Override
    public void write(Row row, StringBuilder out) {
      out.append(text);
    }
  }

  private record Value(Pipe pipe) implements Part {
    @Override
    public void write(Row row, StringBuilder out) {
      out.append(shown(pipe.value(row)));
    }
  }

  private record Choice(Pipe condition, Block yes, Block no) implements Part {
    @Override
    public void write(Row row, StringBuilder out) {
      (holds(condition.value(row)) ? yes : no).write(row, out);
    }
  }

  private record Block(List<Part> parts) implements Part {
    @Override
    public void write(Row row, StringBuilder out) {
      parts.forEach(it -> it.write(row, out));
    }

    /// Titles are texts, whatever is done with the values under them.
    void title(Row row, StringBuilder out) {
      for (Part part : parts) {
        switch (part) {
          case Plain it -> out.append(it.text());
          case Value it -> out.append(it.pipe().title(row));
          case Choice it -> it.yes().title(row, out);
          case Block it -> it.title(row, out);
        }
      }
    }
  }

  private record Pipe(List<List<String>> calls) {
    Object value(Row row) {
      Optional<Object> piped = Optional.empty();
      for (List<String> call : calls) {
        var arguments = new ArrayList<Object>();
        boolean function = FUNCTIONS.containsKey(call.getFirst());
        if (!function && call.getFirst().equals(".Label")) {
          piped = Optional.of(label(row, call));
          continue;
        }
        for (String word : function ? call.subList(1, call.size()) : call) {
          arguments.add(operand(word, row));
        }
        piped.ifPresent(arguments::add);
        piped = Optional.of(function ? call(call.getFirst(), arguments) : arguments.getFirst());
      }
      return piped.orElse("");
    }

    String title(Row row) {
      for (List<String> call : calls) {
        for (String word : call) {
          if (word.equals(".Label") && call.size() > 1) {
            return unquoted(call.get(1));
          }
          if (word.startsWith(".") && word.length() > 1) {
            return shown(operand(word, row));
          }
        }
      }
      return "";
    }

    private static Object label(Row row, List<String> call) {
      if (call.size() != 2) {
        throw new UsageError("template: .Label wants one name");
      }
      return row.labels().getOrDefault(unquoted(call.get(1)), "");
    }
  }

  private static Object operand(String word, Row row) {
    if (word.equals(".")) {
      return row.fields();
    }
    if (word.startsWith(".")) {
      Object value = row.fields().get(word.substring(1));
      if (value == null) {
        throw new UsageError(
            "template: can't evaluate field "
                + word.substring(1)
                + ": there are "
                + String.join(", ", row.fields().keySet()));
      }
      return value;
    }
    return isNumber(word) ? Long.valueOf(word) : unquoted(word);
  }

  private static String unquoted(String word) {
    if (word.startsWith("`")) {
      return word.substring(1, word.length() - 1);
    }
    return word.startsWith("\"")
        ? word.substring(1, word.length() - 1)
            .replace("\\n", "\n")
            .replace("\\t", "\t")
            .replace("\\\"", "\"")
            .replace("\\\\", "\\")
        : word;
  }

  private static Object call(String name, List<Object> arguments) {
    Function<List<Object>, Object> function = FUNCTIONS.get(name);
    try {
      return function == null ? "" : function.apply(arguments);
    } catch (IndexOutOfBoundsException | ClassCastException | NumberFormatException e) {
      throw new UsageError("template: wrong arguments for " + name);
    }
  }

  private static final Map<String, Function<List<Object>, Object>> FUNCTIONS =
      Map.ofEntries(
          Map.entry("json", it -> RowJson.of(it.getFirst())),
          Map.entry("upper", it -> shown(it.getLast()).toUpperCase(Locale.ROOT)),
          Map.entry("lower", it -> shown(it.getLast()).toLowerCase(Locale.ROOT)),
          Map.entry("title", it -> capitalised(shown(it.getLast()))),
          Map.entry("println", it -> shown(it.getLast()) + "\n"),
          Map.entry("print", it -> shown(it.getLast())),
          Map.entry("len", it -> (long) shown(it.getLast()).length()),
          Map.entry("not", it -> !holds(it.getLast())),
          Map.entry("eq", it -> shown(it.getFirst()).equals(shown(it.get(1)))),
          Map.entry("ne", it -> !shown(it.getFirst()).equals(shown(it.get(1)))),
          Map.entry(
              "split",
              it -> List.of(shown(it.getFirst()).split(Pattern.quote(shown(it.get(1))), -1))),
          Map.entry("join", it -> joined(it.getFirst(), shown(it.get(1)))),
          Map.entry("index", it -> ((List<?>) it.getFirst()).get(((Long) it.get(1)).intValue())),
          Map.entry(
              "pad",
              it ->
                  " ".repeat(((Long) it.get(1)).intValue())
                      + shown(it.getFirst())
                      + " ".repeat(((Long) it.get(2)).intValue())),
          Map.entry("truncate", it -> cut(shown(it.getFirst()), ((Long) it.get(1)).intValue())));

  private static String joined(Object list, String between) {
    return list instanceof List<?> items
        ? String.join(between, items.stream().map(RowTemplate::shown).toList())
        : shown(list);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static String capitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static boolean holds(Object value) {
    return switch (value) {
      case Boolean it -> it;
      case Number it -> it.longValue() != 0;
      case List<?> it -> !it.isEmpty();
      default -> !shown(value).isEmpty();
    };
  }

  private static String shown(Object value) {
    return switch (value) {
      case List<?> it -> "[" + String.join(" ", it.stream().map(RowTemplate::shown).toList()) + "]";
      case Map<?, ?> it -> RowJson.of(it);
      default -> value.toString();
    };
  }
}
