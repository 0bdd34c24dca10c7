package jcompose.engine.host;

import java.util.Locale;

/// Names of the kernel's errors.
public final class Errors {
  public static final int ENOENT = 2;
  public static final int ENOEXEC = 8;
  public static final int EACCES = 13;
  public static final int ENOTDIR = 20;

  private Errors() {}

  /// In the words Go programs print, which Docker's users know: lower case.
  public static String message(int errno) {
    return Kernel.message(errno).toLowerCase(Locale.ROOT);
  }
}
