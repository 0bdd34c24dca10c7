package jcompose.engine.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.HealthCheck;
import jcompose.engine.oci.ContainerConfig;

/// What a container runs as: the spec, and the image's configuration where the spec is silent, by
/// dockerd's rules.
///
/// @param entrypoint absent when neither says one
/// @param environment `NAME=value`, the image's first; without what the engine adds at a start
/// @param healthCheck absent without one, or with `NONE`
/// @param volumes paths that get an anonymous volume unless something is mounted there
/// @param shell what `CMD-SHELL` health checks run with
public record MergedConfig(
    Optional<List<String>> entrypoint,
    Optional<List<String>> command,
    List<String> environment,
    String workingDirectory,
    String user,
    Map<String, String> labels,
    List<ExposedPort> exposedPorts,
    List<String> volumes,
    Optional<String> stopSignal,
    Optional<HealthCheck> healthCheck,
    Optional<List<String>> shell) {

  static MergedConfig of(ContainerSpec spec, ContainerConfig image) {
    var process = spec.process();
    Optional<List<String>> entrypoint = process.entrypoint().filter(it -> !it.isEmpty());
    Optional<List<String>> command = process.command().filter(it -> !it.isEmpty());
    if (process.entrypoint().isEmpty()) { // a given one, even an empty one, resets the command
      if (command.isEmpty()) {
        command = image.command().filter(it -> !it.isEmpty());
      }
      entrypoint = image.entrypoint().filter(it -> !it.isEmpty());
    }
    if (entrypoint.isEmpty() && command.isEmpty()) {
      throw new EngineException.Invalid("no command specified");
    }
    Map<String, String> labels = new LinkedHashMap<>(image.labels());
    labels.putAll(spec.labels());
    var ports = new LinkedHashSet<>(spec.exposedPorts());
    image.exposedPorts().forEach(it -> ports.add(ExposedPort.parse(it)));
    spec.ports().forEach(it -> ports.add(it.containerPort()));
    return new MergedConfig(
        entrypoint,
        command,
        environment(process.environment(), image.environment()),
        process.workingDirectory().filter(it -> !it.isEmpty()).orElse(image.workingDirectory()),
        process.user().filter(it -> !it.isEmpty()).orElse(image.user()),
        labels,
        List.copyOf(ports),
        image.volumes(),
        spec.stopSignal().or(image::stopSignal),
        healthCheck(spec.healthCheck(), image.healthCheck()),
        image.shell());
  }

  /// Entrypoint and command in one: never empty.
  public List<String> arguments() {
    var words = new ArrayList<>(entrypoint.orElse(List.of()));
    words.addAll(command.orElse(List.of()));
    return words;
  }

  /// The spec's entries replace the image's of the same name; a name without value is taken out.
  private static List<String> environment(List<String> wanted, List<String> image) {
    Map<String, String> entries = new LinkedHashMap<>();
    wanted.forEach(it -> entries.put(nameOf(it), it));
    image.forEach(it -> entries.putIfAbsent(nameOf(it), it));
    return entries.values().stream().filter(it -> it.indexOf('=') > 0).toList();
  }

  static String nameOf(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals);
  }

  private static Optional<HealthCheck> healthCheck(
      Optional<HealthCheck> wanted, Optional<HealthCheck> image) {
    if (wanted.isEmpty()) {
      return image.filter(MergedConfig::isCheck);
    }
    HealthCheck mine = wanted.get();
    HealthCheck merged =
        image.isEmpty()
            ? mine
            : new HealthCheck(
                mine.test().isEmpty() ? image.get().test() : mine.test(),
                mine.interval().or(image.get()::interval),
                mine.timeout().or(image.get()::timeout),
                mine.retries().or(image.get()::retries),
                mine.startPeriod().or(image.get()::startPeriod),
                mine.startInterval().or(image.get()::startInterval));
    return Optional.of(merged).filter(MergedConfig::isCheck);
  }

  private static boolean isCheck(HealthCheck check) {
    return !check.test().isEmpty() && !check.test().getFirst().equals("NONE");
  }
}
