package jcompose.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.engine.EngineException;

/// A limit of setrlimit(2).
///
/// @param resource its number
/// @param soft -1 for none
/// @param hard -1 for none
record Ulimit(int resource, long soft, long hard) {
  /// In the order of their numbers on Linux; mips and sparc, which differ, are not supported.
  private static final List<String> NAMES =
      List.of(
          "cpu",
          "fsize",
          "data",
          "stack",
          "core",
          "rss",
          "nproc",
          "nofile",
          "memlock",
          "as",
          "locks",
          "sigpending",
          "msgqueue",
          "nice",
          "rtprio",
          "rttime");

  /// @param texts `name=soft[:hard]`
  static List<Ulimit> parse(List<String> texts) {
    List<Ulimit> limits = new ArrayList<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      int resource = equals < 0 ? -1 : NAMES.indexOf(text.substring(0, equals));
      if (resource < 0) {
        throw new EngineException.Invalid("invalid ulimit argument: " + text);
      }
      String[] values = text.substring(equals + 1).split(":", -1);
      try {
        long soft = Long.parseLong(values[0]);
        long hard = values.length > 1 && !values[1].isEmpty() ? Long.parseLong(values[1]) : soft;
        if (hard != -1 && (soft == -1 || soft > hard)) {
          throw new EngineException.Invalid(
              "ulimit soft limit must be less than or equal to hard limit: " + soft + " > " + hard);
        }
        limits.add(new Ulimit(resource, soft, hard));
      } catch (NumberFormatException e) {
        throw new EngineException.Invalid("invalid ulimit argument: " + text);
      }
    }
    return limits;
  }
}
