package jcompose.cli.object;

import java.io.IOException;
import jcompose.cli.settings.Invocation;

/// Asks before something is removed for good.
public final class Question {
  private Question() {}

  /// @param warning what will be gone
  /// @return whether the caller wrote `y`
  public static boolean agreed(Invocation invocation, String warning) {
    invocation
        .output()
        .print("WARNING! " + warning + "\nAre you sure you want to continue? [y/N] ");
    invocation.output().flush();
    var answer = new StringBuilder();
    try {
      int each = invocation.input().read();
      while (each >= 0 && each != '\n') {
        answer.append((char) each);
        each = invocation.input().read();
      }
    } catch (IOException e) {
      return false; // who cannot be heard has not agreed
    }
    return answer.toString().strip().equalsIgnoreCase("y");
  }
}
