package jcompose.core.resource;

/// What an engine keeps.
public enum ObjectKind {
  CONTAINER("container"),
  IMAGE("image"),
  NETWORK("network"),
  VOLUME("volume");

  private final String word;

  ObjectKind(String word) {
    this.word = word;
  }

  /// In the singular, as messages have it.
  public String word() {
    return word;
  }
}
