package jcompose.cli.container;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.object.Pairs;
import jcompose.cli.settings.InvalidFlag;
import jcompose.cli.settings.UsageError;
import jcompose.core.loading.GoText;
import jcompose.core.resource.RestartPolicy;
import org.jspecify.annotations.Nullable;

/// Values of flags.
final class Values {
  private Values() {}

  /// Bytes of `64m`; absent for a flag that was not given.
  static Optional<Long> bytes(String flag, @Nullable String text) {
    return Optional.ofNullable(text)
        .map(
            it ->
                GoText.bytes(it)
                    .getOrElseThrow(_ -> new InvalidFlag(flag, it, "invalid size: '" + it + "'")));
  }

  static Optional<Duration> duration(String flag, @Nullable String text) {
    return Optional.ofNullable(text)
        .map(
            it ->
                GoText.duration(it)
                    .map(BigInteger::longValueExact)
                    .map(Duration::ofNanos)
                    .getOrElseThrow(why -> new InvalidFlag(flag, it, "time: " + why)));
  }

  /// @throws UsageError for what is no number
  static long number(String what, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageError("invalid " + what + ": \"" + text + "\" is no number");
    }
  }

  /// `NAME=VALUE` where a value is needed.
  static Map<String, String> pairs(String flag, List<String> values) {
    for (String value : values) {
      if (value.indexOf('=') < 1) {
        throw new InvalidFlag(flag, value, "write NAME=VALUE");
      }
    }
    return Pairs.of(values);
  }

  /// @throws UsageError in docker's words
  static RestartPolicy restart(String text) {
    try {
      return RestartPolicy.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageError("invalid restart policy '" + text + "'");
    }
  }

  static Optional<String> text(@Nullable String text) {
    return Optional.ofNullable(text).filter(it -> !it.isEmpty());
  }
}
