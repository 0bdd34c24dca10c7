package jcompose.core.loading;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.core.interpolation.Template;
import jcompose.core.interpolation.Variables;
import jcompose.core.yaml.Directive;
import jcompose.core.yaml.Origin.VariableUse;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Phase: replaces references to variables in values, never in keys, and then gives values the type
/// their key asks for.
final class Interpolate {
  private final Problems problems;
  private final Set<String> warned;

  /// @param warned variables a warning was given for already; it is added to
  Interpolate(Problems problems, Set<String> warned) {
    this.problems = problems;
    this.warned = warned;
  }

  static Set<String> nothingWarned() {
    return new HashSet<>();
  }

  YamlMapping apply(YamlMapping tree, Variables variables) {
    return (YamlMapping) apply(tree, variables, Casts.TABLE.root(), YamlPath.ROOT);
  }

  private YamlNode apply(
      YamlNode node, Variables variables, PathTable.Cursor<Casts> at, YamlPath path) {
    if (node.directive() == Directive.RESET) {
      return node; // whatever it says, it goes
    }
    return switch (node) {
      case YamlScalar scalar ->
          scalar.kind() == YamlScalar.Kind.STRING ? scalar(scalar, variables, at, path) : scalar;
      case YamlSequence sequence ->
          sequence.eachItem((i, item) -> apply(item, variables, at.item(), path.index(i)));
      case YamlMapping mapping ->
          mapping.eachEntry(
              (key, entry) ->
                  entry.with(apply(entry.value(), variables, at.key(key), path.key(key))));
    };
  }

  private YamlScalar scalar(
      YamlScalar scalar, Variables variables, PathTable.Cursor<Casts> at, YamlPath path) {
    YamlScalar value =
        scalar.text().indexOf('$') < 0 ? scalar : substituted(scalar, variables, path);
    if (at.rule().isEmpty()) {
      return value;
    }
    if (at.rule().get() == Casts.BOOLEAN) {
      Casts.warnOfOldBoolean(value, path, problems);
    }
    return at.rule()
        .get()
        .cast(value)
        .getOrElseGet(
            why -> {
              problems.error(
                  "bad-cast",
                  value.range(),
                  "%s: %s%s".formatted(path, why, sources(value.origin().variables())));
              return value;
            });
  }

  private YamlScalar substituted(YamlScalar scalar, Variables variables, YamlPath path) {
    List<VariableUse> uses = new ArrayList<>();
    Either<String, String> result =
        Template.parse(scalar.text())
            .flatMap(
                template ->
                    template.substitute(
                        variables,
                        (reference, found) -> {
                          uses.add(use(reference, found));
                          if (found.isEmpty()
                              && reference.operator() == Template.Operator.NONE
                              && warned.add(reference.name())) {
                            problems.warning(
                                "unset-variable",
                                scalar.range(),
                                "the \"%s\" variable is not set, defaulting to a blank string"
                                    .formatted(reference.name()));
                          }
                        }));
    if (result.isLeft()) {
      problems.damageAt(path);
      problems.error(
          result.getLeft().startsWith("required") ? "required-variable" : "bad-interpolation",
          scalar.range(),
          path + ": " + result.getLeft(),
          result.getLeft().startsWith("required")
              ? "set it in the environment, in .env or in a file given with --env-file"
              : "a dollar that begins no reference is written $$");
      return scalar.with(YamlScalar.Kind.STRING, "");
    }
    return scalar
        .with(YamlScalar.Kind.STRING, result.get())
        .withOrigin(scalar.origin().interpolated(scalar.text(), uses));
  }

  private static VariableUse use(
      Template.Part.Reference reference, Optional<Variables.Variable> found) {
    return new VariableUse(
        reference.name(),
        found.map(Variables.Variable::source),
        found.map(Variables.Variable::value),
        reference.standsIn(found) ? Optional.of(reference.wordText()) : Optional.empty());
  }

  /// ` (from TAG, set in .env:3)`: where the variables in a wrong value come from.
  static String sources(List<VariableUse> uses) {
    List<String> parts =
        uses.stream()
            .map(it -> it.name() + it.source().map(s -> ", set in " + s).orElse(", not set"))
            .toList();
    return parts.isEmpty() ? "" : " (from " + String.join("; ", parts) + ")";
  }
}
