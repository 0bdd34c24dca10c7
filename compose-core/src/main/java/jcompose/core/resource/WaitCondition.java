package jcompose.core.resource;

/// When a wait for a container's end is over.
public enum WaitCondition {
  /// At once for a container that does not run.
  NOT_RUNNING("not-running"),
  /// When the run that goes on, or the next, has ended.
  NEXT_EXIT("next-exit"),
  /// When the container is gone.
  REMOVED("removed");

  private final String word;

  WaitCondition(String word) {
    this.word = word;
  }

  /// The Engine API's word.
  public String word() {
    return word;
  }
}
