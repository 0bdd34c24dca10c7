package jcompose.cli.template;

import java.util.List;
import java.util.Optional;

/// A part of a template.
sealed interface Node {
  record Plain(String text) implements Node {}

  record Value(Expression value) implements Node {}

  /// @param declares `:=`, not `=`
  record Assign(String variable, boolean declares, Expression value) implements Node {}

  record If(Expression condition, List<Node> yes, List<Node> no) implements Node {}

  record With(Optional<String> variable, Expression value, List<Node> yes, List<Node> no)
      implements Node {}

  record Range(
      Optional<String> key,
      Optional<String> item,
      Expression value,
      List<Node> body,
      List<Node> none)
      implements Node {}
}
