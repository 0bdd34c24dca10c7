package jcompose.cli.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jcompose.cli.settings.UsageError;

/// A template: text, values by path, pipes of docker's functions, `if`, `range`, `with`, variables
/// and comments. Values are maps, lists, texts, numbers, booleans and [Nothing].
///
/// @see <a href="https://pkg.go.dev/text/template">text/template</a>
public final class GoTemplate {
  private final String text;
  private final List<Node> nodes;

  private GoTemplate(String text, List<Node> nodes) {
    this.text = text;
    this.nodes = nodes;
  }

  /// @throws UsageError when it is none
  public static GoTemplate of(String text) {
    try {
      return new GoTemplate(text, new Parser(text).template());
    } catch (Broken e) {
      throw new UsageError("template parsing error in \"" + text + "\": " + e.getMessage());
    }
  }

  /// Fills it in.
  ///
  /// @param labels for `.Label "name"`
  /// @throws UsageError for a field that there is not
  public String fill(Object data, Map<String, String> labels) {
    return new Filling(data, name -> labels.getOrDefault(name, ""), Functions.VALUES).run();
  }

  /// The same with titles for values: whatever is done with the values under them, they stay.
  public String titles(Map<String, Object> titles) {
    return new Filling(titles, name -> name, Functions.TITLES).run();
  }

  /// Why a text is no template, or cannot be filled in.
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String why) {
      super(why);
    }
  }

  /// One writing of the template.
  private final class Filling {
    private final Object root;
    private final Functions.Labels labels;
    private final Map<String, Functions.Function> functions;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Map<String, Object>> variables = new ArrayDeque<>();

    Filling(Object root, Functions.Labels labels, Map<String, Functions.Function> functions) {
      this.root = root;
      this.labels = labels;
      this.functions = functions;
    }

    String run() {
      variables.push(new HashMap<>(Map.of("$", root)));
      try {
        write(nodes, root);
      } catch (Broken e) {
        throw new UsageError("template: \"" + text + "\": " + e.getMessage());
      }
      return out.toString();
    }

    private void write(List<Node> all, Object dot) {
      all.forEach(it -> write(it, dot));
    }

    private void write(Node node, Object dot) {
      switch (node) {
        case Node.Plain it -> out.append(it.text());
        case Node.Value it -> out.append(Values.shown(value(it.value(), dot)));
        case Node.Assign it -> assign(it, value(it.value(), dot));
        case Node.If it ->
            scoped(() -> write(Values.holds(value(it.condition(), dot)) ? it.yes() : it.no(), dot));
        case Node.With it ->
            scoped(
                () -> {
                  Object value = value(it.value(), dot);
                  it.variable().ifPresent(name -> declare(name, value));
                  boolean holds = Values.holds(value);
                  write(holds ? it.yes() : it.no(), holds ? value : dot);
                });
        case Node.Range it -> range(it, dot);
      }
    }

    private void range(Node.Range range, Object dot) {
      Object value = value(range.value(), dot);
      var entries = Values.entries(value);
      if (entries.isEmpty()) {
        scoped(() -> write(range.none(), dot));
        return;
      }
      for (Values.Entry entry : entries) {
        scoped(
            () -> {
              range.key().ifPresent(it -> declare(it, entry.key()));
              range.item().ifPresent(it -> declare(it, entry.value()));
              write(range.body(), entry.value());
            });
      }
    }

    private void scoped(Runnable body) {
      variables.push(new HashMap<>());
      body.run();
      variables.pop();
    }

    private void declare(String name, Object value) {
      variables.element().put(name, value);
    }

    private void assign(Node.Assign assign, Object value) {
      if (assign.declares()) {
        declare(assign.variable(), value);
        return;
      }
      for (Map<String, Object> scope : variables) {
        if (scope.containsKey(assign.variable())) {
          scope.put(assign.variable(), value);
          return;
        }
      }
      throw new Broken("undefined variable \"" + assign.variable() + "\"");
    }

    private Object value(Expression expression, Object dot) {
      return switch (expression) {
        case Expression.Literal it -> it.value();
        case Expression.Dot it -> Values.at(dot, it.fields());
        case Expression.Variable it -> Values.at(variable(it.name()), it.fields());
        case Expression.Chain it -> Values.at(value(it.of(), dot), it.fields());
        case Expression.Label it -> labels.get(Values.shown(value(it.name(), dot)));
        case Expression.Call it -> call(it, dot);
      };
    }

    private Object variable(String name) {
      for (Map<String, Object> scope : variables) {
        Object value = scope.get(name);
        if (value != null) {
          return value;
        }
      }
      throw new Broken("undefined variable \"" + name + "\"");
    }

    private Object call(Expression.Call call, Object dot) {
      Functions.Function function = Objects.requireNonNull(functions.get(call.function()));
      List<Object> arguments = call.arguments().stream().map(it -> value(it, dot)).toList();
      try {
        return function.apply(arguments);
      } catch (IndexOutOfBoundsException
          | java.util.NoSuchElementException
          | ClassCastException
          | IllegalArgumentException e) {
        throw new Broken("wrong arguments for " + call.function());
      }
    }
  }
}
