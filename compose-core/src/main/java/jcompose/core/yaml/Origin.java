package jcompose.core.yaml;

import java.util.List;
import java.util.Optional;
import jcompose.core.source.SourceRange;

/// How a value came to be where it is.
///
/// @param range where it, or what it was derived from, is written
/// @param variables those that took part in it
/// @param replaced what stood there before a merge put this in its place
/// @param note why it is there though no file says so, such as `default`
public record Origin(
    SourceRange range,
    List<VariableUse> variables,
    Optional<Origin> replaced,
    Optional<String> note) {

  public Origin {
    variables = List.copyOf(variables);
  }

  public static Origin at(SourceRange range) {
    return new Origin(range, List.of(), Optional.empty(), Optional.empty());
  }

  public Origin withVariables(List<VariableUse> used) {
    return new Origin(range, used, replaced, note);
  }

  /// This value, in the place of an earlier one.
  public Origin replacing(Origin earlier) {
    return new Origin(range, variables, Optional.of(earlier), note);
  }

  /// Something no file says, next to this.
  public Origin derived(String why) {
    return new Origin(range, variables, Optional.empty(), Optional.of(why));
  }

  /// A variable of an interpolated value.
  ///
  /// @param source where it is set, such as `the environment` or `.env:3`; absent where it is not
  public record VariableUse(String name, Optional<String> source) {}
}
