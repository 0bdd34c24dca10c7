package jcompose.core.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jcompose.core.resource.CommitSpec;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerUsage;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExecSpec;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.FileChange;
import jcompose.core.resource.HealthState;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.ProcessList;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.RestartPolicy;
import jcompose.core.resource.WaitCondition;

/// The container half of [FakeEngine]: states and their changes, in Docker's words.
final class FakeContainers implements Containers {
  private final FakeEngine engine;
  private final FakeImages images;
  private final FakeNetworks networks;
  private final FakeVolumes volumes;
  private final Map<ContainerId, FakeContainer> all = new LinkedHashMap<>();
  private int made;

  FakeContainers(FakeEngine engine, FakeImages images, FakeNetworks networks, FakeVolumes volumes) {
    this.engine = engine;
    this.images = images;
    this.networks = networks;
    this.volumes = volumes;
  }

  @Override
  public synchronized List<ContainerSummary> list(List<String> labels) {
    return all.values().stream()
        .filter(it -> FakeEngine.matches(it.spec.labels(), labels))
        .map(FakeContainer::summary)
        .toList();
  }

  @Override
  public synchronized ContainerDetails inspect(ContainerId id) {
    return get(id).details();
  }

  @Override
  public synchronized ContainerId create(ContainerName name, ContainerSpec spec) {
    engine.called("create " + name);
    ImageId image =
        images
            .find(spec.image())
            .orElseThrow(() -> new EngineException.NotFound("No such image: " + spec.image()))
            .id();
    refuseTaken(name);
    for (String each : spec.networks().keySet()) {
      if (networks.find(each).isEmpty()) {
        throw new EngineException.NotFound("network " + each + " not found");
      }
    }
    var container =
        new FakeContainer(
            new ContainerId("%064x".formatted(++made)), name, spec, image, engine.now());
    container.networks.addAll(spec.networks().keySet());
    namedVolumes(spec).forEach(it -> volumes.used(it, 1));
    all.put(container.id, container);
    emit(container, "create", Map.of());
    return container.id;
  }

  @Override
  public synchronized void start(ContainerId id) {
    FakeContainer it = called("start", id);
    if (it.running()) {
      return;
    }
    it.behaviour = engine.behaviour(it.name).orElseGet(it::ownBehaviour);
    it.state = ContainerState.RUNNING;
    it.startedAt = Optional.of(engine.now());
    it.exitCode = Optional.empty();
    it.health = it.spec.healthCheck().isPresent() ? it.behaviour.health() : HealthState.NONE;
    it.networks.forEach(name -> networks.attached(name, 1));
    it.log.append(it.behaviour.output());
    emit(it, "start", Map.of());
    if (it.behaviour.exitCode().isPresent()) {
      ended(it, it.behaviour.exitCode().get());
    }
  }

  @Override
  public synchronized void stop(ContainerId id, Optional<String> signal, Optional<Duration> grace) {
    FakeContainer it = called("stop", id);
    stopped(it, grace);
  }

  private void stopped(FakeContainer it, Optional<Duration> grace) {
    if (it.running()) {
      boolean atOnce = grace.filter(Duration::isZero).isPresent();
      ended(it, atOnce ? 137 : it.behaviour.stopExitCode());
      emit(it, "stop", Map.of());
    }
  }

  @Override
  public synchronized void kill(ContainerId id, String signal) {
    FakeContainer it = called("kill", id);
    needsRunning(it);
    emit(it, "kill", Map.of("signal", signal));
    boolean fatal = signal.matches("(SIG)?KILL|9");
    if (fatal || signal.matches("(SIG)?(TERM|INT)|15|2")) {
      ended(it, fatal ? 137 : it.behaviour.stopExitCode());
    }
  }

  @Override
  public synchronized void restart(
      ContainerId id, Optional<String> signal, Optional<Duration> grace) {
    FakeContainer it = called("restart", id);
    stopped(it, grace);
    start(id);
    emit(it, "restart", Map.of());
  }

  @Override
  public synchronized void pause(ContainerId id) {
    FakeContainer it = called("pause", id);
    needsRunning(it);
    if (it.state == ContainerState.PAUSED) {
      throw new EngineException.Conflict("Container " + id + " is already paused");
    }
    it.state = ContainerState.PAUSED;
    emit(it, "pause", Map.of());
  }

  @Override
  public synchronized void unpause(ContainerId id) {
    FakeContainer it = called("unpause", id);
    if (it.state != ContainerState.PAUSED) {
      throw new EngineException.Conflict("Container " + id + " is not paused");
    }
    it.state = ContainerState.RUNNING;
    emit(it, "unpause", Map.of());
  }

  @Override
  public synchronized void rename(ContainerId id, ContainerName name) {
    FakeContainer it = called("rename", id);
    refuseTaken(name);
    it.name = name;
    emit(it, "rename", Map.of());
  }

  @Override
  public synchronized void remove(ContainerId id, boolean force, boolean anonymousVolumes) {
    FakeContainer it = called("remove", id);
    if (it.running()) {
      if (!force) {
        throw new EngineException.Conflict(
            "cannot remove container \"/"
                + it.name
                + "\": container is running: stop the container before removing or force remove");
      }
      ended(it, 137);
    }
    gone(it);
  }

  @Override
  public synchronized ExitCode waitForExit(ContainerId id) {
    FakeContainer it = get(id);
    while (it.running() || it.state == ContainerState.RESTARTING) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineException.Unavailable("interrupted while waiting for " + it.name);
      }
    }
    return it.exitCode.orElse(new ExitCode(0));
  }

  @Override
  public synchronized void connect(ContainerId id, String network, EndpointSpec endpoint) {
    FakeContainer it = called("connect", id);
    if (networks.find(network).isEmpty()) {
      throw new EngineException.NotFound("network " + network + " not found");
    }
    if (it.networks.add(network) && it.running()) {
      networks.attached(network, 1);
    }
  }

  @Override
  public synchronized void disconnect(ContainerId id, String network, boolean force) {
    FakeContainer it = called("disconnect", id);
    if (it.networks.remove(network) && it.running()) {
      networks.attached(network, -1);
    }
  }

  @Override
  public void logs(ContainerId id, LogRequest request, LogSink sink) {
    FakeContainer it;
    synchronized (this) {
      it = get(id);
    }
    if (request.follow()) {
      waitForExit(id);
    }
    byte[] bytes;
    synchronized (this) {
      bytes = it.log.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (bytes.length > 0) {
      sink.write(LogSink.Stream.STDOUT, bytes, 0, bytes.length);
    }
  }

  @Override
  public synchronized ExitCode exec(ContainerId id, ExecSpec spec, Console console) {
    execDetached(id, spec);
    return new ExitCode(spec.command().equals(List.of("false")) ? 1 : 0);
  }

  @Override
  public synchronized void execDetached(ContainerId id, ExecSpec spec) {
    FakeContainer it = get(id);
    engine.called("exec " + it.name + " " + String.join(" ", spec.command()));
    needsRunning(it);
  }

  @Override
  public synchronized void attach(ContainerId id, Console console) {
    engine.called("attach " + get(id).name);
  }

  synchronized void exit(ContainerName name, int exitCode) {
    ended(named(name), exitCode);
  }

  synchronized void setHealth(ContainerName name, HealthState health) {
    FakeContainer it = named(name);
    it.health = health;
    String word = health.name().toLowerCase(java.util.Locale.ROOT);
    emit(it, "health_status: " + word, Map.of());
  }

  private void ended(FakeContainer it, int exitCode) {
    it.state = ContainerState.EXITED;
    it.health = HealthState.NONE;
    it.exitCode = Optional.of(new ExitCode(exitCode));
    it.finishedAt = Optional.of(engine.now());
    it.networks.forEach(name -> networks.attached(name, -1));
    emit(it, "die", Map.of("exitCode", Integer.toString(exitCode)));
    if (it.spec.removeWhenExited()) {
      gone(it);
    }
    notifyAll();
  }

  private void gone(FakeContainer it) {
    if (all.remove(it.id) != null) {
      namedVolumes(it.spec).forEach(name -> volumes.used(name, -1));
      emit(it, "destroy", Map.of());
    }
  }

  private static List<String> namedVolumes(ContainerSpec spec) {
    var names = new ArrayList<String>();
    for (MountSpec each : spec.mounts()) {
      if (each instanceof MountSpec.Volume volume) {
        volume.name().ifPresent(names::add);
      }
    }
    return names;
  }

  private FakeContainer called(String verb, ContainerId id) {
    FakeContainer it = get(id);
    engine.called(verb + " " + it.name);
    return it;
  }

  @Override
  public ContainerId create(ContainerSpec spec) {
    return create(new ContainerName("fake-" + (made + 1)), spec);
  }

  @Override
  public CompletableFuture<ExitCode> exit(ContainerId id, WaitCondition condition) {
    throw new UnsupportedOperationException("the fake has no thread that waits");
  }

  @Override
  public List<String> update(
      ContainerId id, ResourceLimits limits, Optional<RestartPolicy> restart) {
    throw new UnsupportedOperationException("the fake limits nothing");
  }

  @Override
  public List<FileChange> changes(ContainerId id) {
    throw new UnsupportedOperationException("the fake has no files");
  }

  private FakeContainer get(ContainerId id) {
    FakeContainer it = all.get(id);
    if (it == null) {
      throw new EngineException.NotFound("No such container: " + id);
    }
    return it;
  }

  @Override
  public ProcessList processes(ContainerId id, List<String> arguments) {
    needsRunning(get(id));
    return new ProcessList(List.of("PID", "CMD"), List.of(List.of("1", "init")));
  }

  @Override
  public ContainerUsage usage(ContainerId id) {
    get(id);
    return ContainerUsage.NONE;
  }

  @Override
  public ImageId commit(ContainerId id, CommitSpec spec) {
    FakeContainer it = get(id);
    engine.called("commit " + it.name);
    spec.name().ifPresent(name -> images.add(name.familiar()));
    return new ImageId("sha256:" + "c".repeat(64));
  }

  private FakeContainer named(ContainerName name) {
    return all.values().stream()
        .filter(it -> it.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new EngineException.NotFound("No such container: " + name));
  }

  private void refuseTaken(ContainerName name) {
    for (FakeContainer each : all.values()) {
      if (each.name.equals(name)) {
        throw new EngineException.Conflict(
            "Conflict. The container name \"/"
                + name
                + "\" is already in use by container \""
                + each.id
                + "\". You have to remove (or rename) that container to be able to reuse that"
                + " name.");
      }
    }
  }

  private static void needsRunning(FakeContainer it) {
    if (!it.running()) {
      throw new EngineException.Conflict("Container " + it.id + " is not running");
    }
  }

  private void emit(FakeContainer it, String action, Map<String, String> more) {
    var attributes = new LinkedHashMap<>(it.spec.labels());
    attributes.put("name", it.name.value());
    attributes.put("image", it.spec.image());
    attributes.putAll(more);
    engine.emit("container", action, it.id.value(), attributes);
  }
}
