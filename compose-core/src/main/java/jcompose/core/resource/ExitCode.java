package jcompose.core.resource;

/// How a process ended: 0 to 255; 128 + n where signal n ended it.
public record ExitCode(int value) {
  public boolean succeeded() {
    return value == 0;
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
