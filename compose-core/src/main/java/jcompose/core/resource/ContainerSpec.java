package jcompose.core.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container to be created: what the Engine API takes in `POST /containers/create`, by topic.
/// What is absent or empty is left to the image or to the engine's default.
///
/// @param image as written; the engine resolves it
/// @param labels sorted or not, keys are unique
/// @param networks network name to this container's endpoint in it, in the order they are attached;
///   the first is also the network mode unless `isolation` names another
/// @param stopSignal a name such as `SIGTERM`, or a number
/// @param stopTimeoutSeconds how long a stop waits before it kills
public record ContainerSpec(
    String image,
    ProcessSpec process,
    IsolationSpec isolation,
    ResourceLimits limits,
    List<MountSpec> mounts,
    List<PortBinding> ports,
    List<ExposedPort> exposedPorts,
    Map<String, EndpointSpec> networks,
    NameResolution names,
    RestartPolicy restart,
    Optional<HealthCheck> healthCheck,
    Optional<LogConfig> logging,
    Map<String, String> labels,
    Optional<String> stopSignal,
    Optional<Integer> stopTimeoutSeconds,
    boolean removeWhenExited,
    Optional<String> platform) {

  public ContainerSpec {
    mounts = List.copyOf(mounts);
    ports = List.copyOf(ports);
    exposedPorts = List.copyOf(exposedPorts);
    networks = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(networks));
    labels = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(labels));
  }

  /// A spec with nothing set but the image.
  public static Builder of(String image) {
    return new Builder(image);
  }

  /// Gathers the topics; each setter replaces what was set before.
  public static final class Builder {
    private final String image;
    private ProcessSpec process = ProcessSpec.DEFAULT;
    private IsolationSpec isolation = IsolationSpec.DEFAULT;
    private ResourceLimits limits = ResourceLimits.NONE;
    private List<MountSpec> mounts = List.of();
    private List<PortBinding> ports = List.of();
    private List<ExposedPort> exposedPorts = List.of();
    private Map<String, EndpointSpec> networks = Map.of();
    private NameResolution names = NameResolution.DEFAULT;
    private RestartPolicy restart = RestartPolicy.NO;
    private Optional<HealthCheck> healthCheck = Optional.empty();
    private Optional<LogConfig> logging = Optional.empty();
    private Map<String, String> labels = Map.of();
    private Optional<String> stopSignal = Optional.empty();
    private Optional<Integer> stopTimeoutSeconds = Optional.empty();
    private boolean removeWhenExited;
    private Optional<String> platform = Optional.empty();

    private Builder(String image) {
      this.image = image;
    }

    public Builder process(ProcessSpec value) {
      process = value;
      return this;
    }

    /// Shorthand for a process with only a command.
    public Builder command(String... words) {
      process = ProcessSpec.DEFAULT.withCommand(List.of(words));
      return this;
    }

    public Builder isolation(IsolationSpec value) {
      isolation = value;
      return this;
    }

    public Builder limits(ResourceLimits value) {
      limits = value;
      return this;
    }

    public Builder mounts(List<MountSpec> value) {
      mounts = value;
      return this;
    }

    public Builder ports(List<PortBinding> value) {
      ports = value;
      return this;
    }

    public Builder exposedPorts(List<ExposedPort> value) {
      exposedPorts = value;
      return this;
    }

    public Builder networks(Map<String, EndpointSpec> value) {
      networks = value;
      return this;
    }

    public Builder names(NameResolution value) {
      names = value;
      return this;
    }

    public Builder restart(RestartPolicy value) {
      restart = value;
      return this;
    }

    public Builder healthCheck(HealthCheck value) {
      healthCheck = Optional.of(value);
      return this;
    }

    public Builder logging(LogConfig value) {
      logging = Optional.of(value);
      return this;
    }

    public Builder labels(Map<String, String> value) {
      labels = value;
      return this;
    }

    public Builder stopSignal(String value) {
      stopSignal = Optional.of(value);
      return this;
    }

    public Builder stopTimeoutSeconds(int value) {
      stopTimeoutSeconds = Optional.of(value);
      return this;
    }

    public Builder removeWhenExited(boolean value) {
      removeWhenExited = value;
      return this;
    }

    public Builder platform(String value) {
      platform = Optional.of(value);
      return this;
    }

    public ContainerSpec build() {
      return new ContainerSpec(
          image,
          process,
          isolation,
          limits,
          mounts,
          ports,
          exposedPorts,
          networks,
          names,
          restart,
          healthCheck,
          logging,
          labels,
          stopSignal,
          stopTimeoutSeconds,
          removeWhenExited,
          platform);
    }
  }
}
