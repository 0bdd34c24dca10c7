package jcompose.core.resource;

/// A container's name, without the leading slash of the Engine API.
public record ContainerName(String value) {
  public ContainerName {
    if (!value.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
      throw new IllegalArgumentException(
          "Invalid container name (" + value + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
