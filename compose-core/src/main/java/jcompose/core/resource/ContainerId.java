package jcompose.core.resource;

/// A container's full id: 64 lower-case hex digits.
public record ContainerId(String value) {
  public ContainerId {
    if (!value.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a container id: " + value);
    }
  }

  /// The first twelve digits, as people see and type them.
  public String shortId() {
    return value.substring(0, 12);
  }

  @Override
  public String toString() {
    return value;
  }
}
