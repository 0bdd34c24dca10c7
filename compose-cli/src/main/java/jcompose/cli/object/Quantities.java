package jcompose.cli.object;

import jcompose.cli.settings.InvalidFlag;
import jcompose.core.loading.GoText;

/// Numbers with units, as docker's flags take them.
public final class Quantities {
  private Quantities() {}

  /// Bytes of `64m`.
  ///
  /// @param flag as docker's message names it
  public static long bytes(String flag, String text) {
    return GoText.bytes(text)
        .getOrElseThrow(_ -> new InvalidFlag(flag, text, "invalid size: '" + text + "'"));
  }
}
