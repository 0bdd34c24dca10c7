package jcompose.core.loading;

import io.vavr.control.Either;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlScalar.Kind;

/// What strings become after interpolation, since a variable's value is always a string.
enum Casts {
  INTEGER,
  NUMBER,
  BOOLEAN;

  private static final Pattern INTEGER_TEXT = Pattern.compile("[-+]?[0-9]{1,19}");

  static final PathTable<Casts> TABLE =
      new PathTable<Casts>()
          .putAll(
              INTEGER,
              "services.*.cpu_count",
              "services.*.cpu_period",
              "services.*.cpu_quota",
              "services.*.cpu_rt_period",
              "services.*.cpu_rt_runtime",
              "services.*.cpu_shares",
              "services.*.deploy.placement.max_replicas_per_node",
              "services.*.deploy.replicas",
              "services.*.deploy.restart_policy.max_attempts",
              "services.*.deploy.rollback_config.parallelism",
              "services.*.deploy.update_config.parallelism",
              "services.*.healthcheck.retries",
              "services.*.oom_score_adj",
              "services.*.pids_limit",
              "services.*.ports.*.target",
              "services.*.scale",
              "services.*.ulimits.*",
              "services.*.ulimits.*.hard",
              "services.*.ulimits.*.soft")
          .putAll(
              NUMBER,
              "services.*.cpu_percent",
              "services.*.cpus",
              "services.*.deploy.rollback_config.max_failure_ratio",
              "services.*.deploy.update_config.max_failure_ratio")
          .putAll(
              BOOLEAN,
              "configs.*.external",
              "networks.*.attachable",
              "networks.*.enable_ipv4",
              "networks.*.enable_ipv6",
              "networks.*.external",
              "networks.*.internal",
              "secrets.*.external",
              "services.*.depends_on.*.required",
              "services.*.depends_on.*.restart",
              "services.*.healthcheck.disable",
              "services.*.init",
              "services.*.oom_kill_disable",
              "services.*.privileged",
              "services.*.read_only",
              "services.*.stdin_open",
              "services.*.tty",
              "services.*.volumes.*.read_only",
              "services.*.volumes.*.volume.nocopy",
              "volumes.*.external");

  /// The string as a value of this type; the left says why it is none.
  Either<String, YamlScalar> cast(YamlScalar scalar) {
    String text = scalar.text();
    return switch (this) {
      case INTEGER ->
          INTEGER_TEXT.matcher(text).matches()
              ? Either.right(scalar.with(Kind.INTEGER, integer(text)))
              : Either.left("\"" + text + "\" is no integer");
      case NUMBER ->
          GoText.number(text)
              .<Either<String, YamlScalar>>map(it -> Either.right(scalar.with(Kind.FLOAT, it)))
              .orElseGet(() -> Either.left("\"" + text + "\" is no number"));
      case BOOLEAN ->
          bool(text)
              .<Either<String, YamlScalar>>map(it -> Either.right(scalar.with(Kind.BOOLEAN, it)))
              .orElseGet(() -> Either.left("invalid boolean: " + text));
    };
  }

  /// `yes` and the like are booleans of YAML 1.1 alone.
  static void warnOfOldBoolean(YamlScalar scalar, YamlPath path, Problems problems) {
    switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "y", "yes", "on", "n", "no", "off" ->
          problems.warning(
              "old-boolean",
              scalar.range(),
              "%s: \"%s\" for a boolean is not supported by YAML 1.2%s"
                  .formatted(path, scalar.text(), Interpolate.sources(scalar.origin().variables())),
              "write true or false");
      default -> {}
    }
  }

  private static String integer(String text) {
    return new java.math.BigInteger(text.startsWith("+") ? text.substring(1) : text).toString();
  }

  private static Optional<String> bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "y", "yes", "on" -> Optional.of("true");
      case "false", "n", "no", "off" -> Optional.of("false");
      default -> Optional.empty();
    };
  }
}
