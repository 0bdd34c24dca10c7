package jcompose.core.resource;

import java.util.Locale;

/// A container's life as the Engine API names it.
public enum ContainerState {
  CREATED,
  RUNNING,
  PAUSED,
  RESTARTING,
  REMOVING,
  EXITED,
  DEAD;

  /// The lower-case word of the Engine API.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException for a word that is no state
  public static ContainerState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
