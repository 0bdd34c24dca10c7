package jcompose.core.resource;

/// When an engine starts a container again by itself.
///
/// @param maximumRetries only with `ON_FAILURE`; 0 is without end
public record RestartPolicy(Mode mode, int maximumRetries) {
  public static final RestartPolicy NO = new RestartPolicy(Mode.NO, 0);

  /// The words of the Engine API.
  public enum Mode {
    NO("no"),
    ALWAYS("always"),
    UNLESS_STOPPED("unless-stopped"),
    ON_FAILURE("on-failure");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// Reads `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`; empty is `no`.
  ///
  /// @throws IllegalArgumentException for any other word
  public static RestartPolicy parse(String text) {
    String word = text;
    int retries = 0;
    int colon = text.indexOf(':');
    if (colon >= 0) {
      word = text.substring(0, colon);
      retries = Integer.parseInt(text.substring(colon + 1));
    }
    if (word.isEmpty()) {
      return NO;
    }
    for (Mode mode : Mode.values()) {
      if (mode.word.equals(word)) {
        return new RestartPolicy(mode, retries);
      }
    }
    throw new IllegalArgumentException("invalid restart policy '" + text + "'");
  }
}
