package jcompose.cli.template;

/// JSON's null among the values of a template.
public enum Nothing {
  NOTHING;

  /// As Go prints it.
  @Override
  public String toString() {
    return "<no value>";
  }
}
