package jcompose.engine.local;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.LogConfig;
import jcompose.engine.runtime.Output;
import org.jspecify.annotations.Nullable;

/// What the options of a logging driver mean for the file that the monitor writes.
final class LogOptions {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})\\s*([kmgt]?)i?b?");

  private LogOptions() {}

  /// @throws EngineException.Failed when a value is none, in Docker's words; as there, a start
  ///   finds that out and not a creation
  static Output output(Optional<LogConfig> logging, Path log) {
    LogConfig config = logging.orElse(new LogConfig("json-file", Map.of()));
    return switch (config.driver()) {
      case "none" -> new Output.Discarded();
      case "", "json-file" -> file(config.options(), log);
      case "local" -> local(config.options(), log);
      default ->
          throw new EngineException.Invalid(
              "logger: no log driver named '" + config.driver() + "' is registered");
    };
  }

  private static Output.LogFile file(Map<String, String> options, Path log) {
    long size = size(options.get("max-size"));
    int files = number(options.getOrDefault("max-file", "1"));
    if (size == 0 && options.containsKey("max-size")) {
      throw refused("max-size must be a positive number");
    }
    if (files < 1) {
      throw refused("max-file cannot be less than 1");
    }
    boolean compress = flag(options.getOrDefault("compress", "false"), "");
    if (compress && (files < 2 || size == 0)) {
      throw refused("compress cannot be true when max-file is less than 2 or max-size is not set");
    }
    return new Output.LogFile(log, size, files, compress);
  }

  private static Output.LogFile local(Map<String, String> options, Path log) {
    long size = size(options.getOrDefault("max-size", "20m"));
    int files = number(options.getOrDefault("max-file", "5"));
    boolean compress =
        flag(options.getOrDefault("compress", "true"), "error reading compress log option: ");
    if (size == 0) {
      throw refused("max-size must be a positive number");
    }
    if (files < 0) {
      throw refused("max file count cannot be less than 0");
    }
    if (compress && files < 2) {
      throw refused("compression cannot be enabled when max file count is 1");
    }
    return new Output.LogFile(log, size, Math.max(files, 1), compress);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
    }
  }

  private static boolean flag(String text, String before) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw refused(before + "strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
    };
  }

  /// `10m`, `64k`, `1g`; in bytes. None is no limit.
  private static long size(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    Matcher match = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw refused("invalid size: '" + text + "'");
    }
    int power = match.group(2).isEmpty() ? 0 : "kmgt".indexOf(match.group(2)) + 1;
    return Long.parseLong(match.group(1)) << (10 * power);
  }

  static EngineException refused(String why) {
    return new EngineException.Failed(
        "failed to create task for container: failed to initialize logging driver: " + why);
  }
}
