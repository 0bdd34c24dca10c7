package jcompose.engine.daemon.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.HealthCheck;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.LogConfig;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.NameResolution;
import jcompose.core.resource.PortBinding;
import jcompose.core.resource.ProcessSpec;
import jcompose.core.resource.RestartPolicy;
import jcompose.engine.local.CreateOptions;
import org.jspecify.annotations.Nullable;

/// Reads what clients ask for in `POST /containers/create` as a spec.
final class CreateTranslation {
  private final CreateBody body;
  private final CreateBody.Host host;

  CreateTranslation(CreateBody body) {
    this.body = body;
    this.host = body.hostConfig() == null ? emptyHost() : body.hostConfig();
  }

  private static CreateBody.Host emptyHost() {
    try {
      return Json.MAPPER.readValue("{}", CreateBody.Host.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  CreateOptions options() {
    List<Integer> size = host.consoleSize();
    return new CreateOptions(
        Given.flag(body.attachStdin()),
        Given.flag(body.attachStdout()),
        Given.flag(body.attachStderr()),
        Given.flag(host.publishAllPorts()),
        Given.flag(body.networkDisabled()),
        Given.list(host.binds()),
        Given.list(host.links()),
        Given.map(host.annotations()),
        size != null && size.size() == 2 ? size : List.of(0, 0));
  }

  ContainerSpec spec(Optional<String> platform) {
    if (Given.text(body.image()).isEmpty()) {
      throw new EngineException.Invalid("config cannot be empty in order to create a container");
    }
    var builder =
        ContainerSpec.of(body.image() == null ? "" : body.image())
            .process(process())
            .isolation(isolation())
            .limits(LimitsTranslation.limits(host))
            .mounts(mounts())
            .ports(ports())
            .exposedPorts(exposedPorts())
            .networks(networks())
            .names(
                new NameResolution(
                    Given.list(host.dns()),
                    Given.list(host.dnsSearch()),
                    Given.list(host.dnsOptions()),
                    Given.list(host.extraHosts())))
            .restart(restart())
            .labels(Given.map(body.labels()))
            .removeWhenExited(Given.flag(host.autoRemove()));
    health().ifPresent(builder::healthCheck);
    logging().ifPresent(builder::logging);
    Given.text(body.stopSignal()).ifPresent(builder::stopSignal);
    if (body.stopTimeout() != null) {
      builder.stopTimeoutSeconds(body.stopTimeout());
    }
    platform.ifPresent(builder::platform);
    return builder.build();
  }

  private ProcessSpec process() {
    return new ProcessSpec(
        Optional.ofNullable(body.entrypoint())
            // Compose and the CLI send [""] to reset an image's entrypoint.
            .map(it -> it.equals(List.of("")) ? List.<String>of() : it),
        Optional.ofNullable(body.cmd()),
        Given.list(body.env()),
        Given.text(body.user()),
        Given.text(body.workingDir()),
        Given.flag(body.tty()),
        Given.flag(body.openStdin()),
        Given.flag(body.stdinOnce()));
  }

  private IsolationSpec isolation() {
    return IsolationSpec.builder()
        .hostname(Given.text(body.hostname()))
        .domainname(Given.text(body.domainname()))
        .networkMode(Given.text(host.networkMode()))
        .pidMode(Given.text(host.pidMode()))
        .ipcMode(Given.text(host.ipcMode()))
        .utsMode(Given.text(host.utsMode()))
        .usernsMode(Given.text(host.usernsMode()))
        .cgroupnsMode(Given.text(host.cgroupnsMode()))
        .cgroupParent(Given.text(host.cgroupParent()))
        .privileged(Given.flag(host.privileged()))
        .readOnlyRoot(Given.flag(host.readonlyRootfs()))
        .init(Optional.ofNullable(host.init()))
        .capAdd(Given.list(host.capAdd()))
        .capDrop(Given.list(host.capDrop()))
        .securityOptions(Given.list(host.securityOpt()))
        .groupAdd(Given.list(host.groupAdd()))
        .devices(LimitsTranslation.devices(host))
        .deviceCgroupRules(Given.list(host.deviceCgroupRules()))
        .deviceRequests(LimitsTranslation.deviceRequests(host))
        .ulimits(LimitsTranslation.ulimits(host))
        .sysctls(Given.map(host.sysctls()))
        .tmpfs(Given.map(host.tmpfs()))
        .volumesFrom(Given.list(host.volumesFrom()))
        .shmSizeBytes(Given.number(host.shmSize()))
        .oomScoreAdjust(Given.number(host.oomScoreAdj()))
        .runtime(Given.text(host.runtime()))
        .storageOptions(Given.map(host.storageOpt()))
        .maskedPaths(Optional.ofNullable(host.maskedPaths()))
        .readOnlyPaths(Optional.ofNullable(host.readonlyPaths()))
        .build();
  }

  private List<MountSpec> mounts() {
    var mounts = new ArrayList<MountSpec>();
    Set<String> targets = new LinkedHashSet<>();
    Optional<String> driver = Given.text(host.volumeDriver());
    for (String bind : Given.list(host.binds())) {
      MountSpec mount = BindText.parse(bind, driver);
      mounts.add(mount);
      targets.add(mount.target());
    }
    if (host.mounts() != null) {
      for (CreateBody.Mount mount : host.mounts()) {
        MountSpec spec = MountTranslation.mount(mount);
        mounts.add(spec);
        targets.add(spec.target());
      }
    }
    if (body.volumes() != null) {
      for (String target : body.volumes().keySet()) {
        if (!targets.contains(target)) {
          mounts.add(BindText.anonymous(target, driver));
        }
      }
    }
    return mounts;
  }

  private List<ExposedPort> exposedPorts() {
    return body.exposedPorts() == null
        ? List.of()
        : body.exposedPorts().keySet().stream().map(CreateTranslation::port).toList();
  }

  private static ExposedPort port(String text) {
    try {
      return ExposedPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(
          "invalid port specification: \"" + text.replaceFirst("/.*", "") + "\"");
    }
  }

  private List<PortBinding> ports() {
    if (host.portBindings() == null) {
      return List.of();
    }
    var bindings = new ArrayList<PortBinding>();
    host.portBindings()
        .forEach(
            (text, targets) -> {
              ExposedPort port = port(text);
              if (targets != null) {
                targets.forEach(
                    it ->
                        bindings.add(
                            new PortBinding(
                                port,
                                Given.text(it.hostIp()),
                                Given.text(it.hostPort()).filter(p -> !p.equals("0")))));
              }
            });
    return bindings;
  }

  private Map<String, EndpointSpec> networks() {
    Map<String, EndpointSpec> networks = new LinkedHashMap<>();
    String mode = Given.text(host.networkMode()).orElse("");
    Map<String, ? extends @Nullable EndpointBody> asked =
        body.networkingConfig() == null || body.networkingConfig().endpointsConfig() == null
            ? Map.of()
            : body.networkingConfig().endpointsConfig();
    boolean named =
        !mode.isEmpty()
            && !mode.equals("default")
            && !mode.equals("host")
            && !mode.equals("none")
            && !mode.startsWith("container:");
    if (named) {
      networks.put(mode, EndpointBody.spec(asked.get(mode)));
    }
    asked.forEach(
        (name, endpoint) -> {
          String network = name.equals("default") ? "bridge" : name;
          networks.putIfAbsent(network, EndpointBody.spec(endpoint));
        });
    networks.remove("host");
    networks.remove("none");
    Optional<String> mac = Given.text(body.macAddress());
    if (mac.isPresent() && !networks.isEmpty()) { // the way of API versions before 1.44
      networks.computeIfPresent(
          networks.keySet().iterator().next(),
          (_, it) ->
              it.macAddress().isPresent()
                  ? it
                  : new EndpointSpec(
                      it.aliases(),
                      it.links(),
                      it.ipv4Address(),
                      it.ipv6Address(),
                      it.linkLocalAddresses(),
                      mac,
                      it.gatewayPriority(),
                      it.interfaceName(),
                      it.driverOptions()));
    }
    return networks;
  }

  private RestartPolicy restart() {
    CreateBody.Restart restart = host.restartPolicy();
    if (restart == null) {
      return RestartPolicy.NO;
    }
    RestartPolicy policy = restartPolicy(restart);
    if (policy.mode() != RestartPolicy.Mode.NO && Given.flag(host.autoRemove())) {
      throw new EngineException.Invalid("can't create 'AutoRemove' container with restart policy");
    }
    return policy;
  }

  static RestartPolicy restartPolicy(CreateBody.Restart restart) {
    RestartPolicy policy;
    try {
      policy = RestartPolicy.parse(Given.text(restart.name()).orElse(""));
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(
          "invalid restart policy: unknown policy '%s'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'"
              .formatted(restart.name()));
    }
    int retries = restart.maximumRetryCount() == null ? 0 : restart.maximumRetryCount();
    if (retries != 0 && policy.mode() != RestartPolicy.Mode.ON_FAILURE) {
      throw new EngineException.Invalid(
          "invalid restart policy: maximum retry count can only be used with 'on-failure'");
    }
    if (retries < 0) {
      throw new EngineException.Invalid(
          "invalid restart policy: maximum retry count cannot be negative");
    }
    return new RestartPolicy(policy.mode(), retries);
  }

  private Optional<HealthCheck> health() {
    CreateBody.Health health = body.healthcheck();
    if (health == null) {
      return Optional.empty();
    }
    return Optional.of(
        new HealthCheck(
            Given.list(health.test()),
            nanos(health.interval()),
            nanos(health.timeout()),
            Given.number(health.retries()),
            nanos(health.startPeriod()),
            nanos(health.startInterval())));
  }

  private static Optional<Duration> nanos(@Nullable Long value) {
    return Given.number(value).map(Duration::ofNanos);
  }

  private Optional<LogConfig> logging() {
    CreateBody.Log log = host.logConfig();
    if (log == null || (Given.text(log.type()).isEmpty() && Given.map(log.config()).isEmpty())) {
      return Optional.empty();
    }
    // The CLI leaves the driver empty when only options were given.
    return Optional.of(
        new LogConfig(Given.text(log.type()).orElse("json-file"), Given.map(log.config())));
  }
}
