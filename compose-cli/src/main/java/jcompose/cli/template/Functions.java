package jcompose.cli.template;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Functions of docker's templates and of Go's own.
final class Functions {
  private static final Pattern VERB = Pattern.compile("%[-+ #0]*\\d*(?:\\.\\d+)?[a-zA-Z%]");

  private Functions() {}

  interface Function {
    Object apply(List<Object> arguments);
  }

  interface Labels {
    String get(String name);
  }

  static final Map<String, Function> VALUES =
      Map.ofEntries(
          Map.entry("json", it -> TreeJson.of(it.getFirst())),
          Map.entry("upper", it -> text(it).toUpperCase(Locale.ROOT)),
          Map.entry("lower", it -> text(it).toLowerCase(Locale.ROOT)),
          Map.entry("title", it -> capitalised(text(it))),
          Map.entry("println", it -> joined(it, " ") + "\n"),
          Map.entry("print", it -> joined(it, "")),
          Map.entry("printf", Functions::printf),
          Map.entry("len", it -> (long) Values.length(it.getLast())),
          Map.entry("not", it -> !Values.holds(it.getLast())),
          Map.entry("and", Functions::and),
          Map.entry("or", Functions::or),
          Map.entry("eq", Functions::eq),
          Map.entry("ne", it -> !Values.shown(it.getFirst()).equals(Values.shown(it.get(1)))),
          Map.entry("lt", it -> Values.compare(it.getFirst(), it.get(1)) < 0),
          Map.entry("le", it -> Values.compare(it.getFirst(), it.get(1)) <= 0),
          Map.entry("gt", it -> Values.compare(it.getFirst(), it.get(1)) > 0),
          Map.entry("ge", it -> Values.compare(it.getFirst(), it.get(1)) >= 0),
          Map.entry(
              "split",
              it ->
                  List.of(
                      Values.shown(it.getFirst())
                          .split(Pattern.quote(Values.shown(it.get(1))), -1))),
          Map.entry(
              "join",
              it ->
                  it.getFirst() instanceof List<?> items
                      ? joined(items, Values.shown(it.get(1)))
                      : Values.shown(it.getFirst())),
          Map.entry("index", Functions::index),
          Map.entry("slice", Functions::slice),
          Map.entry(
              "pad", it -> " ".repeat(number(it, 1)) + Values.shown(it.getFirst()) + blanks(it)),
          Map.entry("truncate", it -> cut(Values.shown(it.getFirst()), number(it, 1))));

  /// Above a column stands its title, whatever is done with the values: each function gives the
  /// text among its arguments that is one.
  static final Map<String, Function> TITLES = titles();

  private static Map<String, Function> titles() {
    var titles = new HashMap<String, Function>();
    for (String name : VALUES.keySet()) {
      titles.put(
          name,
          it -> it.stream().filter(String.class::isInstance).findFirst().orElseGet(it::getFirst));
    }
    return Map.copyOf(titles);
  }

  private static String blanks(List<Object> arguments) {
    return " ".repeat(number(arguments, 2));
  }

  private static int number(List<Object> arguments, int index) {
    return ((Number) arguments.get(index)).intValue();
  }

  private static String text(List<Object> arguments) {
    return Values.shown(arguments.getLast());
  }

  private static String joined(List<?> items, String between) {
    return String.join(between, items.stream().map(Values::shown).toList());
  }

  private static Object and(List<Object> arguments) {
    return arguments.stream()
        .filter(it -> !Values.holds(it))
        .findFirst()
        .orElseGet(arguments::getLast);
  }

  private static Object or(List<Object> arguments) {
    return arguments.stream().filter(Values::holds).findFirst().orElseGet(arguments::getLast);
  }

  private static Object eq(List<Object> arguments) {
    String first = Values.shown(arguments.getFirst());
    return arguments.subList(1, arguments.size()).stream()
        .anyMatch(it -> Values.shown(it).equals(first));
  }

  /// Through maps and lists, one argument a level; a key that a map has not is empty.
  private static Object index(List<Object> arguments) {
    Object found = arguments.getFirst();
    for (Object key : arguments.subList(1, arguments.size())) {
      found =
          switch (found) {
            case List<?> list -> list.get(((Number) key).intValue());
            case Map<?, ?> map when map.get(Values.shown(key)) != null ->
                java.util.Objects.requireNonNull(map.get(Values.shown(key)));
            case Map<?, ?> _ -> Nothing.NOTHING;
            default -> throw new GoTemplate.Broken("can't index " + Values.shown(found));
          };
    }
    return found;
  }

  private static Object slice(List<Object> arguments) {
    int from = arguments.size() > 1 ? number(arguments, 1) : 0;
    if (arguments.getFirst() instanceof List<?> list) {
      return list.subList(from, arguments.size() > 2 ? number(arguments, 2) : list.size());
    }
    String text = Values.shown(arguments.getFirst());
    return text.substring(from, arguments.size() > 2 ? number(arguments, 2) : text.length());
  }

  /// Go's verbs in Java's.
  private static Object printf(List<Object> arguments) {
    var out = new StringBuilder();
    Matcher verbs = VERB.matcher(Values.shown(arguments.getFirst()));
    int next = 1;
    while (verbs.find()) {
      String verb = verbs.group();
      char kind = verb.charAt(verb.length() - 1);
      String flags = verb.substring(0, verb.length() - 1);
      String shown;
      if (kind == '%') {
        shown = "%";
      } else {
        Object value = arguments.get(next++);
        shown =
            switch (kind) {
              case 'd', 'x', 'X', 'o' ->
                  String.format(Locale.ROOT, verb, ((Number) value).longValue());
              case 'f', 'e' -> String.format(Locale.ROOT, verb, ((Number) value).doubleValue());
              case 'q' -> String.format(Locale.ROOT, flags + "s", TreeJson.of(Values.shown(value)));
              case 's', 'v', 't' -> String.format(Locale.ROOT, flags + "s", Values.shown(value));
              default -> throw new GoTemplate.Broken("printf verb " + verb + " is not supported");
            };
      }
      verbs.appendReplacement(out, Matcher.quoteReplacement(shown));
    }
    verbs.appendTail(out);
    return out.toString();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static String capitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
