package jcompose.engine.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.HealthCheck;
import jcompose.core.resource.LogConfig;
import jcompose.engine.image.StoredImage;
import jcompose.engine.oci.Platform;
import jcompose.engine.runtime.Capabilities;
import jcompose.engine.runtime.SecurityOptions;

/// Refuses at creation, in Docker's words, what could never start.
final class SpecChecks {
  private static final Set<String> JSON_FILE_OPTIONS =
      Set.of(
          "max-size",
          "max-file",
          "compress",
          "labels",
          "labels-regex",
          "env",
          "env-regex",
          "tag",
          "mode",
          "max-buffer-size");
  private static final Set<String> LOCAL_OPTIONS =
      Set.of("max-size", "max-file", "compress", "mode", "max-buffer-size");

  /// Names that clients written for dockerd send for its only runtime mean the one there is here.
  private static final Set<String> RUNTIMES =
      Set.of("", "jcompose-monitor", "runc", "io.containerd.runc.v2");

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private SpecChecks() {}

  /// @throws EngineException.Invalid when the spec contradicts itself or this host
  static void check(ContainerSpec spec, MergedConfig merged) {
    if (!merged.workingDirectory().isEmpty() && !merged.workingDirectory().startsWith("/")) {
      throw new EngineException.Invalid(
          "the working directory '%s' is invalid, it needs to be an absolute path"
              .formatted(merged.workingDirectory()));
    }
    spec.stopSignal().filter(it -> !it.isEmpty()).ifPresent(Signals::number);
    for (String entry : spec.process().environment()) {
      if (entry.isEmpty() || entry.startsWith("=")) {
        throw new EngineException.Invalid("invalid environment variable: " + entry);
      }
    }
    spec.healthCheck().ifPresent(SpecChecks::healthCheck);
    spec.logging().ifPresent(SpecChecks::logging);
    spec.names().extraHosts().forEach(SpecChecks::extraHost);
    spec.names().servers().forEach(SpecChecks::nameServer);
    spec.isolation()
        .runtime()
        .filter(it -> !RUNTIMES.contains(it))
        .ifPresent(
            it -> {
              throw new EngineException.Invalid("unknown or invalid runtime name: " + it);
            });
    modes(spec);
    SecurityOptions.parse(spec.isolation().securityOptions());
    spec.isolation().tmpfs().keySet().forEach(SpecChecks::tmpfsTarget);
    LimitChecks.check(spec.limits());
    spec.isolation()
        .oomScoreAdjust()
        .filter(it -> it < -1000 || it > 1000)
        .ifPresent(
            it -> {
              throw new EngineException.Invalid(
                  "Invalid value " + it + ", range for oom score adj is [-1000, 1000]");
            });
    capabilities("CapAdd", spec.isolation().capAdd());
    capabilities("CapDrop", spec.isolation().capDrop());
  }

  private static void tmpfsTarget(String path) {
    if (!path.startsWith("/")) {
      throw new EngineException.Invalid(
          "invalid mount path: '%s' mount path must be absolute".formatted(path));
    }
  }

  private static void extraHost(String entry) {
    int equals = entry.indexOf('=');
    int at = equals > 0 ? equals : entry.indexOf(':');
    if (at <= 0) {
      throw new EngineException.Invalid("bad format for add-host: \"" + entry + "\"");
    }
    String address = entry.substring(at + 1).replaceAll("^\\[|\\]$", "");
    if (!address.equals("host-gateway") && !isAddress(address)) {
      throw new EngineException.Invalid("invalid IP address in add-host: \"" + address + "\"");
    }
  }

  private static void nameServer(String address) {
    if (!isAddress(address)) {
      throw new EngineException.Invalid(
          "bad nameserver address %s: ParseAddr(\"%s\"): unable to parse IP"
              .formatted(address, address));
    }
  }

  private static boolean isAddress(String text) {
    try {
      return ADDRESS.matcher(text).matches() && InetAddress.getByName(text) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void capabilities(String field, List<String> names) {
    for (String name : names) {
      if (!Capabilities.isKnown(name)) {
        String upper = name.toUpperCase(java.util.Locale.ROOT);
        throw new EngineException.Invalid(
            "invalid %s: unknown capability: \"%s\""
                .formatted(field, upper.startsWith("CAP_") ? upper : "CAP_" + upper));
      }
    }
  }

  private static void healthCheck(HealthCheck check) {
    atLeastOneMillisecond("Interval", check.interval());
    atLeastOneMillisecond("Timeout", check.timeout());
    atLeastOneMillisecond("StartPeriod", check.startPeriod());
    atLeastOneMillisecond("StartInterval", check.startInterval());
    if (check.retries().filter(it -> it < 0).isPresent()) {
      throw new EngineException.Invalid("Retries in Healthcheck cannot be negative");
    }
  }

  private static void atLeastOneMillisecond(String name, Optional<java.time.Duration> value) {
    if (value.filter(it -> !it.isZero() && it.toNanos() < 1_000_000).isPresent()) {
      throw new EngineException.Invalid(name + " in Healthcheck cannot be less than 1ms");
    }
  }

  private static void logging(LogConfig log) {
    switch (log.driver()) {
      case "none" -> {}
      case "json-file" ->
          known(log, JSON_FILE_OPTIONS, "unknown log opt '%s' for json-file log driver");
      case "local" -> known(log, LOCAL_OPTIONS, "unknown log opt '%s' for log driver local");
      default ->
          throw new EngineException.Invalid(
              "error looking up logging plugin %s: plugin \"%s\" not found"
                  .formatted(log.driver(), log.driver()));
    }
  }

  private static void known(LogConfig log, Set<String> options, String refusal) {
    for (String name : log.options().keySet()) {
      if (!options.contains(name)) {
        throw new EngineException.Invalid(refusal.formatted(name));
      }
    }
  }

  private static void modes(ContainerSpec spec) {
    var isolation = spec.isolation();
    mode("invalid user namespace mode: ", isolation.usernsMode(), "host");
    mode("invalid IPC mode: ", isolation.ipcMode(), "host", "none", "private", "shareable");
    mode("invalid PID mode: ", isolation.pidMode(), "host");
    mode("invalid UTS mode: ", isolation.utsMode(), "host");
    mode("invalid cgroup namespace mode: ", isolation.cgroupnsMode(), "host", "private");
    if (isolation.utsMode().filter("host"::equals).isPresent()
        && isolation.hostname().filter(it -> !it.isEmpty()).isPresent()) {
      throw new EngineException.Invalid("conflicting options: hostname and the UTS mode");
    }
    if (!isolation.deviceRequests().isEmpty()) {
      throw new EngineException.Failed(
          "could not select device driver \"%s\" with capabilities: %s"
              .formatted(
                  isolation.deviceRequests().getFirst().driver(),
                  isolation.deviceRequests().getFirst().capabilities()));
    }
    if (isolation.networkMode().filter(it -> it.startsWith("container:")).isPresent()) {
      if (isolation.hostname().filter(it -> !it.isEmpty()).isPresent()) {
        throw new EngineException.Invalid("conflicting options: hostname and the network mode");
      }
      if (!spec.ports().isEmpty()) {
        throw new EngineException.Invalid(
            "conflicting options: port publishing and the container type network mode");
      }
    }
  }

  private static void mode(String refusal, Optional<String> mode, String... known) {
    String given = mode.orElse("");
    if (!given.isEmpty() && !given.startsWith("container:") && !List.of(known).contains(given)) {
      throw new EngineException.Invalid(refusal + given);
    }
  }

  /// @throws EngineException.NotFound when the image is for another platform than asked for
  static void platform(ContainerSpec spec, StoredImage image) {
    if (spec.platform().filter(it -> !it.isEmpty()).isEmpty()) {
      return;
    }
    Platform wanted;
    try {
      wanted = Platform.parse(spec.platform().get());
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
    Platform has = image.config().platform();
    if (!wanted.os().equals(has.os()) || !wanted.architecture().equals(has.architecture())) {
      throw new EngineException.NotFound(
          "image with reference %s was found but does not match the specified platform: wanted %s, actual: %s"
              .formatted(spec.image(), wanted, has));
    }
  }
}
