package jcompose.cli.template;

import java.util.List;

/// What stands between the braces.
sealed interface Expression {
  record Literal(Object value) implements Expression {}

  /// `.A.B`; `.` has no fields.
  record Dot(List<String> fields) implements Expression {}

  /// `$name.A.B`; the name has its dollar sign.
  record Variable(String name, List<String> fields) implements Expression {}

  /// `(pipe).A.B`.
  record Chain(Expression of, List<String> fields) implements Expression {}

  /// `.Label "name"`.
  record Label(Expression name) implements Expression {}

  /// A pipe's value is the last argument of what comes after it.
  record Call(String function, List<Expression> arguments) implements Expression {}
}
