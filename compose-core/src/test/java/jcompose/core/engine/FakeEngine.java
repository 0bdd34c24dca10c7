package jcompose.core.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.EngineInfo;
import jcompose.core.resource.HealthState;

/// An engine in memory for the tests of planning, executing and use cases. It keeps containers'
/// states, names, labels, networks, volumes and images as a real one would, runs nothing, and does
/// what a script says: which containers end by themselves, which calls fail. Safe for many threads.
///
/// ```java
/// var engine = new FakeEngine().withImage("nginx:1.27");
/// engine.behave("shop-init-1", Behaviour.exiting(0).printing("done\n"));
/// engine.failOn("start shop-web-1", new EngineException.Failed("port is already allocated"));
/// ```
public final class FakeEngine implements Engine {
  /// What a container does once started.
  ///
  /// @param exitCode ends it at once; absent to run until it is stopped
  /// @param output what its log holds, all on standard output
  /// @param health what its health check says, if it has one
  /// @param stopExitCode how it ends when its stop signal comes with time to react
  public record Behaviour(
      Optional<Integer> exitCode, String output, HealthState health, int stopExitCode) {
    public static final Behaviour RUNNING =
        new Behaviour(Optional.empty(), "", HealthState.HEALTHY, 143);

    public static Behaviour exiting(int code) {
      return new Behaviour(Optional.of(code), "", HealthState.NONE, 143);
    }

    public Behaviour printing(String text) {
      return new Behaviour(exitCode, text, health, stopExitCode);
    }

    public Behaviour withHealth(HealthState state) {
      return new Behaviour(exitCode, output, state, stopExitCode);
    }
  }

  private record Failure(Predicate<String> call, EngineException exception) {}

  private final Map<String, Behaviour> behaviours = new LinkedHashMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private long ticks;

  private final FakeEvents events = new FakeEvents();
  private final FakeImages images = new FakeImages(this);
  private final FakeNetworks networks = new FakeNetworks(this);
  private final FakeVolumes volumes = new FakeVolumes(this);
  private final FakeContainers containers = new FakeContainers(this, images, networks, volumes);

  /// Puts an image on the engine.
  public FakeEngine withImage(String reference) {
    images.add(reference);
    return this;
  }

  /// Puts an image in the registry, so that it can be pulled.
  public FakeEngine withRegistryImage(String reference) {
    images.addToRegistry(reference);
    return this;
  }

  /// Says what a container does from its next start on.
  public synchronized void behave(String containerName, Behaviour behaviour) {
    behaviours.put(containerName, behaviour);
  }

  /// Makes every later call that equals the text fail. Calls are written as [#calls()] has them.
  public void failOn(String call, EngineException exception) {
    failOn(call::equals, exception);
  }

  /// Makes every later call that matches fail.
  public synchronized void failOn(Predicate<String> call, EngineException exception) {
    failures.add(new Failure(call, exception));
  }

  /// Ends a running container as if its process had ended.
  public void exit(String containerName, int exitCode) {
    containers.exit(new ContainerName(containerName), exitCode);
  }

  /// Sets what the health check of a running container says.
  public void setHealth(String containerName, HealthState health) {
    containers.setHealth(new ContainerName(containerName), health);
  }

  /// The calls so far that asked for a change, in the order they came, failed ones among them: a
  /// verb and a name each, such as `create shop-web-1`, `stop shop-web-1`, `create network
  /// shop_default`, `remove volume shop_data`, `pull nginx:1.27`, `build shop-web`.
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /// Forgets the calls so far.
  public synchronized void clearCalls() {
    calls.clear();
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("docker", "0", "1.45", "linux", "amd64", "in-memory", true);
  }

  @Override
  public Containers containers() {
    return containers;
  }

  @Override
  public ContainerFiles files() {
    throw new EngineException.Unsupported("containers of this engine have no files");
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public Networks networks() {
    return networks;
  }

  @Override
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public Events events() {
    return events;
  }

  @Override
  public void close() {
    events.close();
  }

  /// Notes a call and fails it when the script says so.
  synchronized void called(String call) {
    calls.add(call);
    for (Failure failure : failures) {
      if (failure.call().test(call)) {
        throw failure.exception();
      }
    }
  }

  synchronized Optional<Behaviour> behaviour(ContainerName name) {
    return Optional.ofNullable(behaviours.get(name.value()));
  }

  /// A clock that never gives the same time twice.
  synchronized Instant now() {
    return Instant.parse("2026-01-01T00:00:00Z").plusMillis(ticks++);
  }

  void emit(String type, String action, String actor, Map<String, String> attributes) {
    events.emit(new EngineEvent(now(), type, action, actor, attributes));
  }

  /// Whether labels carry all of `name` or `name=value`.
  static boolean matches(Map<String, String> labels, List<String> wanted) {
    return wanted.stream().allMatch(it -> carries(labels, it));
  }

  private static boolean carries(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }
}
