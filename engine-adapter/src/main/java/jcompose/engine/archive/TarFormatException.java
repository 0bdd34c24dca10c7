package jcompose.engine.archive;

import java.io.IOException;

/// An archive that cannot be read, or must not be unpacked.
public final class TarFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public TarFormatException(String message) {
    super(message);
  }
}
