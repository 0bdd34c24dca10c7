package jcompose.engine.local;

import java.util.List;
import java.util.Locale;
import jcompose.core.engine.EngineException;

/// Signal names of Linux (x86 and ARM number them alike).
final class Signals {
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private Signals() {}

  /// Reads `SIGTERM`, `term`, `15` or `SIGRTMIN+3`.
  ///
  /// @throws EngineException.Invalid in Docker's words
  static int number(String word) {
    String name = word.strip().toUpperCase(Locale.ROOT);
    if (name.startsWith("SIG")) {
      name = name.substring(3);
    }
    int index = NAMES.indexOf(name);
    if (index >= 0) {
      return index + 1;
    }
    int alias =
        switch (name) {
          case "IOT" -> 6;
          case "CLD" -> 17;
          case "POLL" -> 29;
          case "RTMIN" -> 34;
          case "RTMAX" -> 64;
          default -> 0;
        };
    if (alias > 0) {
      return alias;
    }
    int number = -1;
    if (name.matches("RTMIN\\+[0-9]{1,2}")) {
      number = 34 + Integer.parseInt(name.substring(6));
    } else if (name.matches("RTMAX-[0-9]{1,2}")) {
      number = 64 - Integer.parseInt(name.substring(6));
    } else if (name.matches("[0-9]{1,3}")) {
      number = Integer.parseInt(name);
    }
    if (number > 64) {
      throw new EngineException.Invalid("the linux daemon does not support signal " + number);
    }
    if (number < 1) {
      throw new EngineException.Invalid("invalid signal: " + word);
    }
    return number;
  }
}
