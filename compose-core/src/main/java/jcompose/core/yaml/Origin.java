package jcompose.core.yaml;

import java.util.List;
import java.util.Optional;
import jcompose.core.source.SourceRange;

/// How a value came to be where it is.
///
/// @param range where it, or what it was derived from, is written
/// @param variables those that took part in it
/// @param written its text before references to variables were replaced, where there were any
/// @param replaced what stood there before this took its place
/// @param note why it is there though no file says so, such as `default`
public record Origin(
    SourceRange range,
    List<VariableUse> variables,
    Optional<String> written,
    Optional<Replaced> replaced,
    Optional<String> note) {

  public Origin {
    variables = List.copyOf(variables);
  }

  public static Origin at(SourceRange range) {
    return new Origin(range, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public Origin withVariables(List<VariableUse> used) {
    return new Origin(range, used, written, replaced, note);
  }

  /// This value, with its references to variables replaced.
  public Origin interpolated(String before, List<VariableUse> used) {
    return new Origin(range, used, Optional.of(before), replaced, note);
  }

  /// This value, in the place of an earlier one. It is no copy: keeping it costs nothing.
  public Origin replacing(YamlNode earlier, Cause cause) {
    return new Origin(range, variables, written, Optional.of(new Replaced(earlier, cause)), note);
  }

  /// Something no file says, next to this.
  public Origin derived(String why) {
    return new Origin(range, variables, written, Optional.empty(), Optional.of(why));
  }

  /// A variable of an interpolated value.
  ///
  /// @param source where it is set, such as `the environment` or `.env:3`; absent where it is not
  /// @param value what it is set to
  /// @param instead the word in its `${}` that stands there instead of its value, if one does
  public record VariableUse(
      String name, Optional<String> source, Optional<String> value, Optional<String> instead) {}

  /// An earlier value and why it is gone. Its own origin may go on with what it replaced.
  public record Replaced(YamlNode value, Cause cause) {}

  /// What put one value in the place of another.
  public enum Cause {
    /// A later file, or a later document of the same file.
    FILE,
    /// A service that extends the one the earlier value belongs to.
    EXTENDS,
    /// What stands beside the include of the earlier value.
    INCLUDE,
    /// A later item of the same list.
    REPEATED,
    /// What the service says itself, over what its env files or label files do.
    OWN
  }
}
