package jcompose.engine.dockerfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jcompose.core.resource.HealthCheck;
import jcompose.engine.dockerfile.Instruction.Origin;

/// `HEALTHCHECK [flags] NONE|CMD …`.
final class HealthcheckParser {
  private HealthcheckParser() {}

  static Instruction parse(InstructionParser.Arguments arguments, Origin origin) {
    FlagReader flags =
        arguments.flagReader(
            List.of("interval", "timeout", "start-period", "start-interval", "retries"), List.of());
    String[] words = arguments.rest().split("\\s+", 2);
    String type = words[0].toUpperCase(Locale.ROOT);
    List<String> test;
    switch (type) {
      case "NONE" -> {
        if (words.length > 1) {
          throw arguments.error("healthcheck-none", "HEALTHCHECK NONE takes no arguments");
        }
        test = List.of("NONE");
      }
      case "CMD" -> {
        if (words.length < 2 || words[1].isBlank()) {
          throw arguments.error("healthcheck-cmd", "Missing command after HEALTHCHECK CMD");
        }
        test = test(words[1]);
      }
      default ->
          throw arguments.error(
              "healthcheck-type", "Unknown type \"" + type + "\" in HEALTHCHECK (try CMD)");
    }
    return new Instruction.Healthcheck(
        origin,
        new HealthCheck(
            test,
            duration(arguments, flags, "interval"),
            duration(arguments, flags, "timeout"),
            retries(arguments, flags),
            duration(arguments, flags, "start-period"),
            duration(arguments, flags, "start-interval")));
  }

  private static List<String> test(String command) {
    Optional<List<String>> exec = JsonWords.parse(command);
    if (exec.isEmpty()) {
      return List.of("CMD-SHELL", command);
    }
    var test = new ArrayList<String>();
    test.add("CMD");
    test.addAll(exec.get());
    return test;
  }

  private static Optional<Duration> duration(
      InstructionParser.Arguments arguments, FlagReader flags, String name) {
    Optional<String> text = flags.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Duration value =
        GoDuration.parse(text.get())
            .orElseThrow(
                () ->
                    arguments.error(
                        "invalid-duration",
                        "--" + name + ": time: invalid duration \"" + text.get() + "\"",
                        "write it with a unit, such as 30s or 1m30s"));
    if (value.isNegative() || (!value.isZero() && value.compareTo(Duration.ofMillis(1)) < 0)) {
      throw arguments.error(
          "invalid-duration",
          "Interval \"" + name + "\" cannot be less than 1ms",
          "0s means the default");
    }
    return value.isZero() ? Optional.empty() : Optional.of(value);
  }

  private static Optional<Integer> retries(
      InstructionParser.Arguments arguments, FlagReader flags) {
    Optional<String> text = flags.text("retries");
    if (text.isEmpty() || text.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      int retries = Integer.parseInt(text.get());
      if (retries < 0) {
        throw arguments.error("invalid-retries", "--retries cannot be negative (" + retries + ")");
      }
      return retries == 0 ? Optional.empty() : Optional.of(retries);
    } catch (NumberFormatException e) {
      throw arguments.error(
          "invalid-retries", "--retries: \"" + text.get() + "\" is not a whole number");
    }
  }
}
