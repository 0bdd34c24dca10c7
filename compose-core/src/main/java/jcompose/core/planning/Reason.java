package jcompose.core.planning;

/// Why an operation is in a plan, in a few words for people: `configuration changed`.
public record Reason(String text) {
  @Override
  public String toString() {
    return text;
  }
}
