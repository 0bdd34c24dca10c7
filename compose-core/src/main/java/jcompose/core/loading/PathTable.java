package jcompose.core.loading;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rules by path. A pattern is keys with dots between them; `*` stands for any key or list item:
/// `services.*.ports.*.target`. A tree is walked beside a [Cursor], so that a look-up costs one
/// step.
final class PathTable<R> {
  private final Cursor<R> root = new Cursor<>();

  PathTable<R> put(String pattern, R rule) {
    Cursor<R> at = root;
    for (String segment : pattern.split("\\.")) {
      at = at.children.computeIfAbsent(segment, _ -> new Cursor<>());
    }
    at.rule = rule;
    return this;
  }

  PathTable<R> putAll(R rule, String... patterns) {
    for (String pattern : patterns) {
      put(pattern, rule);
    }
    return this;
  }

  Cursor<R> root() {
    return root;
  }

  /// A place in the table. Where no pattern goes on, the cursor is one that knows no rules.
  static final class Cursor<R> {
    private final Map<String, Cursor<R>> children = new HashMap<>();
    private @Nullable R rule;

    Optional<R> rule() {
      return Optional.ofNullable(rule);
    }

    /// Whether no rule lies below.
    boolean isLeaf() {
      return children.isEmpty();
    }

    Cursor<R> key(String name) {
      Cursor<R> found = children.get(name);
      return found == null ? item() : found;
    }

    Cursor<R> item() {
      Cursor<R> found = children.get("*");
      return found == null ? nowhere() : found;
    }

    @SuppressWarnings("unchecked") // it holds no rule, so it is of every type
    private static <R> Cursor<R> nowhere() {
      return (Cursor<R>) NOWHERE;
    }

    private static final Cursor<Object> NOWHERE = new Cursor<>();
  }
}
