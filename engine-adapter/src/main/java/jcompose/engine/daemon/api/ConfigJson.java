package jcompose.engine.daemon.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.HealthCheck;
import jcompose.core.resource.MountSpec;
import jcompose.engine.local.ContainerRecord;
import jcompose.engine.oci.ContainerConfig;
import org.jspecify.annotations.Nullable;

/// `Config` of containers and images.
final class ConfigJson {
  private ConfigJson() {}

  static Map<String, Object> of(ContainerRecord record) {
    var merged = record.merged();
    var process = record.spec().process();
    var options = record.options();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "Hostname",
        record
            .spec()
            .isolation()
            .hostname()
            .filter(it -> !it.isEmpty())
            .orElse(record.id().shortId()));
    json.put("Domainname", record.spec().isolation().domainname().orElse(""));
    json.put("User", merged.user());
    json.put("AttachStdin", options.attachStdin());
    json.put("AttachStdout", options.attachStdout());
    json.put("AttachStderr", options.attachStderr());
    if (!merged.exposedPorts().isEmpty()) {
      json.put(
          "ExposedPorts", set(merged.exposedPorts().stream().map(ExposedPort::toString).toList()));
    }
    json.put("Tty", process.tty());
    json.put("OpenStdin", process.openStdin());
    json.put("StdinOnce", process.stdinOnce());
    json.put("Env", merged.environment());
    json.put("Cmd", merged.command().orElse(null));
    merged
        .healthCheck()
        .or(() -> record.spec().healthCheck())
        .ifPresent(it -> json.put("Healthcheck", health(it)));
    json.put("Image", record.spec().image());
    json.put("Volumes", volumes(record));
    json.put("WorkingDir", merged.workingDirectory());
    json.put("Entrypoint", merged.entrypoint().orElse(null));
    if (options.networkDisabled()) {
      json.put("NetworkDisabled", true);
    }
    json.put("OnBuild", null);
    json.put("Labels", merged.labels());
    merged.stopSignal().ifPresent(it -> json.put("StopSignal", it));
    record.spec().stopTimeoutSeconds().ifPresent(it -> json.put("StopTimeout", it));
    merged.shell().ifPresent(it -> json.put("Shell", it));
    return json;
  }

  private static @Nullable Map<String, Object> volumes(ContainerRecord record) {
    Map<String, Object> volumes = new LinkedHashMap<>(set(record.merged().volumes()));
    for (MountSpec mount : record.spec().mounts()) {
      if (mount instanceof MountSpec.Volume volume && volume.name().isEmpty()) {
        volumes.put(volume.target(), Map.of());
      }
    }
    return volumes.isEmpty() ? null : volumes;
  }

  static Map<String, Object> of(ContainerConfig config) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Hostname", "");
    json.put("Domainname", "");
    json.put("User", config.user());
    json.put("AttachStdin", false);
    json.put("AttachStdout", false);
    json.put("AttachStderr", false);
    if (!config.exposedPorts().isEmpty()) {
      json.put("ExposedPorts", set(config.exposedPorts()));
    }
    json.put("Tty", false);
    json.put("OpenStdin", false);
    json.put("StdinOnce", false);
    json.put("Env", config.environment());
    json.put("Cmd", config.command().orElse(null));
    config.healthCheck().ifPresent(it -> json.put("Healthcheck", health(it)));
    json.put("Image", "");
    json.put("Volumes", config.volumes().isEmpty() ? null : set(config.volumes()));
    json.put("WorkingDir", config.workingDirectory());
    json.put("Entrypoint", config.entrypoint().orElse(null));
    json.put("OnBuild", config.onBuild().isEmpty() ? null : config.onBuild());
    json.put("Labels", config.labels().isEmpty() ? null : config.labels());
    config.stopSignal().ifPresent(it -> json.put("StopSignal", it));
    config.shell().ifPresent(it -> json.put("Shell", it));
    return json;
  }

  /// Go's way to write a set: names to empty objects.
  private static Map<String, Object> set(List<String> names) {
    Map<String, Object> set = new LinkedHashMap<>();
    names.forEach(it -> set.put(it, Map.of()));
    return set;
  }

  private static Map<String, Object> health(HealthCheck check) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Test", check.test());
    put(json, "Interval", check.interval());
    put(json, "Timeout", check.timeout());
    put(json, "StartPeriod", check.startPeriod());
    put(json, "StartInterval", check.startInterval());
    check.retries().ifPresent(it -> json.put("Retries", it));
    return json;
  }

  private static void put(Map<String, Object> json, String name, Optional<Duration> value) {
    value.ifPresent(it -> json.put(name, it.toNanos()));
  }
}
