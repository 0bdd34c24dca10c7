package jcompose.engine.oci;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.HealthCheck;

/// What containers of an image run as unless they say otherwise: `config` of an image
/// configuration. Empty texts and lists are as good as absent, except where `Optional` tells them
/// apart.
///
/// @param user `name`, `uid`, `name:group`, … or empty
/// @param exposedPorts `80/tcp`
/// @param environment `NAME=value`, in order
/// @param entrypoint absent when the image has none; an empty list resets an inherited one
/// @param volumes paths
/// @param labels in order
/// @param stopSignal `SIGTERM` or a number
/// @param onBuild Dockerfile instructions that run in a build `FROM` this image
/// @param shell what the shell form of instructions uses
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/config.md#properties">config</a>
/// @see <a href="https://github.com/moby/docker-image-spec/blob/main/spec.md">Docker's
///   additions</a>
public record ContainerConfig(
    String user,
    List<String> exposedPorts,
    List<String> environment,
    Optional<List<String>> entrypoint,
    Optional<List<String>> command,
    List<String> volumes,
    String workingDirectory,
    Map<String, String> labels,
    Optional<String> stopSignal,
    Optional<HealthCheck> healthCheck,
    List<String> onBuild,
    Optional<List<String>> shell) {
  /// Says nothing.
  public static final ContainerConfig EMPTY = new Builder().build();

  public ContainerConfig {
    exposedPorts = List.copyOf(exposedPorts);
    environment = List.copyOf(environment);
    entrypoint = entrypoint.map(List::copyOf);
    command = command.map(List::copyOf);
    volumes = List.copyOf(volumes);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    onBuild = List.copyOf(onBuild);
    shell = shell.map(List::copyOf);
  }

  /// A builder that starts from these values.
  public Builder toBuilder() {
    return new Builder()
        .user(user)
        .exposedPorts(exposedPorts)
        .environment(environment)
        .entrypoint(entrypoint)
        .command(command)
        .volumes(volumes)
        .workingDirectory(workingDirectory)
        .labels(labels)
        .stopSignal(stopSignal)
        .healthCheck(healthCheck)
        .onBuild(onBuild)
        .shell(shell);
  }

  /// Gathers the fields; what is not set says nothing.
  public static final class Builder {
    private String user = "";
    private List<String> exposedPorts = List.of();
    private List<String> environment = List.of();
    private Optional<List<String>> entrypoint = Optional.empty();
    private Optional<List<String>> command = Optional.empty();
    private List<String> volumes = List.of();
    private String workingDirectory = "";
    private Map<String, String> labels = Map.of();
    private Optional<String> stopSignal = Optional.empty();
    private Optional<HealthCheck> healthCheck = Optional.empty();
    private List<String> onBuild = List.of();
    private Optional<List<String>> shell = Optional.empty();

    public Builder user(String value) {
      user = value;
      return this;
    }

    public Builder exposedPorts(List<String> value) {
      exposedPorts = value;
      return this;
    }

    public Builder environment(List<String> value) {
      environment = value;
      return this;
    }

    public Builder entrypoint(Optional<List<String>> value) {
      entrypoint = value;
      return this;
    }

    public Builder command(Optional<List<String>> value) {
      command = value;
      return this;
    }

    public Builder volumes(List<String> value) {
      volumes = value;
      return this;
    }

    public Builder workingDirectory(String value) {
      workingDirectory = value;
      return this;
    }

    public Builder labels(Map<String, String> value) {
      labels = value;
      return this;
    }

    public Builder stopSignal(Optional<String> value) {
      stopSignal = value;
      return this;
    }

    public Builder healthCheck(Optional<HealthCheck> value) {
      healthCheck = value;
      return this;
    }

    public Builder onBuild(List<String> value) {
      onBuild = value;
      return this;
    }

    public Builder shell(Optional<List<String>> value) {
      shell = value;
      return this;
    }

    public ContainerConfig build() {
      return new ContainerConfig(
          user,
          exposedPorts,
          environment,
          entrypoint,
          command,
          volumes,
          workingDirectory,
          labels,
          stopSignal,
          healthCheck,
          onBuild,
          shell);
    }
  }
}
