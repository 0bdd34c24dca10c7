package jcompose.core.model;

import java.time.Duration;

/// When an image is pulled.
public sealed interface PullPolicy {
  /// Each time.
  record Always() implements PullPolicy {}

  /// What is not there is an error.
  record Never() implements PullPolicy {}

  /// When it is not there.
  record Missing() implements PullPolicy {}

  /// It is built, and rebuilt, instead.
  record Build() implements PullPolicy {}

  /// Always, and anew (`refresh`), or when the last pull is older (`daily`, `weekly`, `every_12h`).
  record Every(Duration age) implements PullPolicy {}
}
