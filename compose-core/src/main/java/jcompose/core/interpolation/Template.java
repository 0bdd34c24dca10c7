package jcompose.core.interpolation;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// A text with references to variables: `$NAME`, `${NAME}`, `${NAME:-word}` and the like, where
/// `word` is a template itself. `$$` is a dollar; a dollar that begins no reference stands for
/// itself.
public record Template(List<Part> parts) {
  public Template {
    parts = List.copyOf(parts);
  }

  /// Text or reference.
  public sealed interface Part {
    /// Plain text.
    record Text(String text) implements Part {}

    /// A variable; `word` is empty where the operator takes none.
    record Reference(String name, Operator operator, Template word, String wordText)
        implements Part {
      /// Whether the word stands there instead of the variable's value.
      public boolean standsIn(Optional<Variables.Variable> found) {
        return switch (operator) {
          case NONE, REQUIRED, REQUIRED_NOT_EMPTY -> false;
          case DEFAULT, DEFAULT_OR_EMPTY -> !isSet(found);
          case ALTERNATIVE, ALTERNATIVE_NOT_EMPTY -> isSet(found);
        };
      }

      boolean isSet(Optional<Variables.Variable> found) {
        return found.isPresent() && !(operator.emptyIsUnset() && found.get().value().isEmpty());
      }
    }
  }

  /// What a reference does with its word. With a colon, an empty variable counts as not set.
  public enum Operator {
    NONE(""),
    DEFAULT("-"),
    DEFAULT_OR_EMPTY(":-"),
    REQUIRED("?"),
    REQUIRED_NOT_EMPTY(":?"),
    ALTERNATIVE("+"),
    ALTERNATIVE_NOT_EMPTY(":+");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    boolean emptyIsUnset() {
      return sign.startsWith(":");
    }
  }

  /// Reads a text; the left says what is wrong with it.
  public static Either<String, Template> parse(String text) {
    return text.indexOf('$') < 0
        ? Either.right(new Template(List.of(new Part.Text(text))))
        : new TemplateParser(text).parse();
  }

  /// Whether there is any reference.
  public boolean isConstant() {
    return parts.stream().allMatch(Part.Text.class::isInstance);
  }

  /// All references, those in words after the one they belong to.
  public List<Part.Reference> references() {
    var found = new ArrayList<Part.Reference>();
    for (Part part : parts) {
      if (part instanceof Part.Reference reference) {
        found.add(reference);
        found.addAll(reference.word().references());
      }
    }
    return found;
  }

  /// The text with every reference replaced; the left says which required variable is missing.
  ///
  /// @param uses told of each variable looked up
  public Either<String, String> substitute(
      Variables variables, BiConsumer<Part.Reference, Optional<Variables.Variable>> uses) {
    var out = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> out.append(text);
        case Part.Reference reference -> {
          Either<String, String> value = resolve(reference, variables, uses);
          if (value.isLeft()) {
            return value;
          }
          out.append(value.get());
        }
      }
    }
    return Either.right(out.toString());
  }

  private static Either<String, String> resolve(
      Part.Reference reference,
      Variables variables,
      BiConsumer<Part.Reference, Optional<Variables.Variable>> uses) {
    Optional<Variables.Variable> found = variables.find(reference.name());
    uses.accept(reference, found);
    String value = found.map(Variables.Variable::value).orElse("");
    boolean set = reference.isSet(found);
    return switch (reference.operator()) {
      case NONE -> Either.right(value);
      case DEFAULT, DEFAULT_OR_EMPTY ->
          set ? Either.right(value) : reference.word().substitute(variables, uses);
      case ALTERNATIVE, ALTERNATIVE_NOT_EMPTY ->
          set ? reference.word().substitute(variables, uses) : Either.right("");
      case REQUIRED, REQUIRED_NOT_EMPTY ->
          set
              ? Either.right(value)
              : reference
                  .word()
                  .substitute(variables, uses)
                  .flatMap(message -> Either.left(missing(reference.name(), message)));
    };
  }

  private static String missing(String name, String message) {
    return "required variable "
        + name
        + " is missing a value"
        + (message.isEmpty() ? "" : ": " + message);
  }
}
