package jcompose.cli.output;

/// Colours of a terminal, or none.
public enum Style {
  GREEN("32"),
  YELLOW("33"),
  RED("31"),
  CYAN("36"),
  MAGENTA("35"),
  BLUE("34"),
  BRIGHT_CYAN("36;1"),
  BRIGHT_YELLOW("33;1"),
  BRIGHT_GREEN("32;1"),
  BRIGHT_MAGENTA("35;1"),
  BRIGHT_BLUE("34;1"),
  BOLD("1");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /// The text in this colour.
  public String paint(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
