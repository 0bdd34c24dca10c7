package jcompose.core.loading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What a value may look like, and how its canonical form is printed.
sealed interface Shape {
  /// A single value.
  ///
  /// @param words the only ones allowed; empty for any
  record Leaf(LeafType type, List<String> words, Optional<Pattern> pattern) implements Shape {
    Leaf(LeafType type) {
      this(type, List.of(), Optional.empty());
    }
  }

  /// A list.
  ///
  /// @param unique the same item twice is an error
  record ListOf(Shape item, boolean unique) implements Shape {}

  /// A mapping with free keys.
  ///
  /// @param keys what they must match
  /// @param extensions a key that begins with `x-` is not an entry
  record MapOf(Shape value, Optional<Pattern> keys, boolean extensions) implements Shape {}

  /// A mapping with fixed keys, in the order they are printed; `x-` keys are free where
  /// `extensions` says so.
  record Struct(
      String name, SequencedMap<String, Field> fields, Set<String> required, boolean extensions)
      implements Shape {}

  /// One of several, told apart by the kind of the value.
  record OneOf(List<Shape> alternatives) implements Shape {}

  /// The shape, or nothing.
  record Nullable(Shape shape) implements Shape {}

  /// Anything.
  record Any() implements Shape {}

  /// A shape that contains itself, or is defined further down.
  record Later(Supplier<Shape> shape) implements Shape {}

  /// A fixed key.
  record Field(Shape shape, Print print) {}

  /// When a field is printed.
  enum Print {
    /// Not when empty, zero or false.
    NOT_EMPTY,
    /// Whenever it is there.
    WHEN_SET,
    /// Always, as `null` when it is not there; in JSON only.
    ALWAYS,
    /// Always, as `{}` when it is not there; in JSON only.
    ALWAYS_MAPPING,
    /// Never: it is resolved into other fields.
    NEVER
  }

  /// Gathers a struct's fields.
  final class Builder {
    private final String name;
    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();
    private Set<String> required = Set.of();
    private boolean extensions = true;

    Builder(String name) {
      this.name = name;
    }

    Builder field(String key, Shape shape) {
      return field(key, shape, Print.NOT_EMPTY);
    }

    Builder field(String key, Shape shape, Print print) {
      fields.put(key, new Field(shape, print));
      return this;
    }

    Builder required(String... keys) {
      required = Set.of(keys);
      return this;
    }

    Builder closed() {
      extensions = false;
      return this;
    }

    Struct build() {
      return new Struct(name, fields, required, extensions);
    }
  }
}
