package jcompose.core.loading;

import java.math.BigDecimal;
import java.math.BigInteger;
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
  /// @param pattern of what is allowed beside them
  /// @param range of a number
  record Leaf(LeafType type, List<String> words, Optional<Pattern> pattern, Range range)
      implements Shape {
    Leaf(LeafType type) {
      this(type, Range.ANY);
    }

    Leaf(LeafType type, Range range) {
      this(type, List.of(), Optional.empty(), range);
    }

    Leaf(LeafType type, List<String> words) {
      this(type, words, Optional.empty(), Range.ANY);
    }
  }

  /// The numbers from `least` to `most`.
  record Range(long least, long most) {
    static final Range ANY = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    /// @param number as [GoText#number] writes it
    boolean contains(String number) {
      if (number.indexOf('.') < 0) {
        var whole = new BigInteger(number);
        return whole.compareTo(BigInteger.valueOf(least)) >= 0
            && whole.compareTo(BigInteger.valueOf(most)) <= 0;
      }
      var decimal = new BigDecimal(number);
      return decimal.compareTo(BigDecimal.valueOf(least)) >= 0
          && decimal.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /// For messages: `must be …`.
    String words() {
      if (equals(ANY)) {
        return "a number of at most 64 bits";
      }
      return most == Long.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
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
  ///
  /// @param open any other key is taken too, and means nothing
  record Struct(
      String name,
      SequencedMap<String, Field> fields,
      Set<String> required,
      boolean extensions,
      boolean open)
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
    /// Always, as zero or an empty string when it is not there.
    EVEN_UNSET,
    /// Always, as `null` when it is not there; in JSON only.
    ALWAYS,
    /// Always, as `{}` when it is not there; in JSON only.
    ALWAYS_MAPPING,
    /// Never: it is resolved into other fields.
    NEVER,
    /// Not as it is: no file says it, decoding puts it there.
    DERIVED
  }

  /// Gathers a struct's fields.
  final class Builder {
    private final String name;
    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();
    private Set<String> required = Set.of();
    private boolean extensions = true;
    private boolean open;

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

    Builder open() {
      open = true;
      return this;
    }

    Struct build() {
      return new Struct(name, fields, required, extensions, open);
    }
  }
}
