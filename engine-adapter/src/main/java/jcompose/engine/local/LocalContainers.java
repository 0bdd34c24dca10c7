package jcompose.engine.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jcompose.core.engine.Console;
import jcompose.core.engine.Containers;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogRequest;
import jcompose.core.engine.LogSink;
import jcompose.core.resource.CommitSpec;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerUsage;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExecSpec;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.FileChange;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ProcessList;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.RestartPolicy;
import jcompose.core.resource.WaitCondition;
import jcompose.engine.runtime.AttachRequest;
import jcompose.engine.runtime.ContainerStartException;
import jcompose.engine.runtime.ContainerStats;
import jcompose.engine.runtime.ExecSession;
import jcompose.engine.runtime.RunningContainer;
import jcompose.engine.runtime.TerminalSize;
import jcompose.engine.snapshot.OverlayLayout;

/// The bundled engine's containers. Beside the port it offers what only the Engine API asks for,
/// there with references (name, id, beginning of an id) as API clients write them.
public final class LocalContainers implements Containers {
  private final Parts parts;
  private final ContainerCreation creation;
  private final ContainerLifecycle lifecycle;
  private final ContainerStops stops;
  private final ContainerRemoval removal;
  private final ExecSessions execs;
  private final ContainerFiles files;

  LocalContainers(
      Parts parts, ContainerLifecycle lifecycle, ContainerStops stops, ContainerRemoval removal) {
    this.parts = parts;
    this.creation = new ContainerCreation(parts);
    this.lifecycle = lifecycle;
    this.stops = stops;
    this.removal = removal;
    this.execs = new ExecSessions(parts);
    this.files = new ContainerFiles(parts);
  }

  /// A container as the API shows it.
  ///
  /// @param log results of the health check
  public record View(ContainerRecord record, HealthLog log, Instant now) {
    /// `Up 3 minutes (healthy)`.
    public String status() {
      return StatusText.of(record.state(), now);
    }
  }

  public ExecSessions execs() {
    return execs;
  }

  public ContainerFiles files() {
    return files;
  }

  public ContainerCommits commits() {
    return new ContainerCommits(parts);
  }

  /// Bytes that it wrote over its image.
  public long writtenBytes(ContainerId id) {
    return parts.snapshots().usage(id.value()).bytes();
  }

  // ---- the port

  @Override
  public List<ContainerSummary> list(List<String> labels) {
    Instant now = Instant.now();
    return parts.index().all().stream()
        .map(Container::record)
        .filter(it -> LocalEvents.carries(it.merged().labels(), labels))
        .sorted(Comparator.comparing(ContainerRecord::created).reversed())
        .map(it -> ContainerSummaries.summary(it, now))
        .toList();
  }

  @Override
  public ContainerDetails inspect(ContainerId id) {
    return ContainerSummaries.details(get(id));
  }

  @Override
  public ContainerId create(ContainerName name, ContainerSpec spec) {
    return creation.create(Optional.of(name), spec, CreateOptions.NONE).id();
  }

  @Override
  public void start(ContainerId id) {
    lifecycle.start(get(id));
  }

  @Override
  public ContainerId create(ContainerSpec spec) {
    return creation.create(Optional.empty(), spec, CreateOptions.NONE).id();
  }

  @Override
  public void stop(ContainerId id, Optional<String> signal, Optional<Duration> grace) {
    stops.stop(get(id), signal, grace);
  }

  @Override
  public void kill(ContainerId id, String signal) {
    stops.kill(get(id), id.value(), signal);
  }

  @Override
  public void restart(ContainerId id, Optional<String> signal, Optional<Duration> grace) {
    lifecycle.restart(get(id), signal, grace);
  }

  @Override
  public void pause(ContainerId id) {
    stops.pause(get(id));
  }

  @Override
  public void unpause(ContainerId id) {
    stops.unpause(get(id));
  }

  @Override
  public void rename(ContainerId id, ContainerName name) {
    rename(id.value(), name);
  }

  @Override
  public void remove(ContainerId id, boolean force, boolean anonymousVolumes) {
    removal.remove(get(id), force, anonymousVolumes);
  }

  @Override
  public ExitCode waitForExit(ContainerId id) {
    return new ExitCode(join(get(id).atRest()));
  }

  private static int join(CompletableFuture<Integer> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while waiting for a container", e);
    } catch (ExecutionException e) {
      throw new EngineException.Failed("waiting for a container failed", e);
    }
  }

  @Override
  public void connect(ContainerId id, String network, EndpointSpec endpoint) {
    connections().connect(id.value(), network, endpoint);
  }

  @Override
  public void disconnect(ContainerId id, String network, boolean force) {
    connections().disconnect(id.value(), network);
  }

  @Override
  public void logs(ContainerId id, LogRequest request, LogSink sink) {
    logs(id.value(), request, false, sink);
  }

  @Override
  public ExitCode exec(ContainerId id, ExecSpec spec, Console console) {
    boolean input = console.input().isPresent();
    var exec = execs.create(id.value(), ExecSessions.ExecRequest.of(spec, input));
    ExecSession session;
    try {
      session = execs.start(exec, Optional.empty());
    } catch (ContainerStartException e) {
      byte[] text = (e.getMessage() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
      console.output().write(LogSink.Stream.STDERR, text, 0, text.length);
      return e.exitCode();
    }
    try (var attachment = session.attachment()) {
      ConsoleStreams.connect(
          attachment,
          console,
          (columns, rows) -> {
            if (exec.running()) {
              session.resize(new TerminalSize(rows, columns));
            }
          });
      return session.exit().join();
    }
  }

  @Override
  public void execDetached(ContainerId id, ExecSpec spec) {
    var exec = execs.create(id.value(), ExecSessions.ExecRequest.of(spec, false));
    try {
      execs.start(exec, Optional.empty()).attachment().close();
    } catch (ContainerStartException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void attach(ContainerId id, Console console) {
    var request = new AttachRequest(console.input().isPresent(), true, true);
    var coming = attach(id.value(), request);
    Console.WindowSize size =
        (columns, rows) -> {
          RunningContainer process = get(id).process();
          if (process != null) {
            process.resize(new TerminalSize(rows, columns));
          }
        };
    if (!coming.isDone()) { // it is connected from its start on
      console.connected().accept(size);
      console = new Console(console.input(), console.output(), _ -> {});
    }
    try (var attachment = coming.join()) {
      ConsoleStreams.connect(attachment, console, size);
    }
  }

  @Override
  public ProcessList processes(ContainerId id, List<String> arguments) {
    return ProcessTable.of(
        processes(id.value()), arguments.isEmpty() ? "-ef" : String.join(" ", arguments));
  }

  @Override
  public CompletableFuture<ExitCode> exit(ContainerId id, WaitCondition condition) {
    return exit(id.value(), condition).thenApply(ExitCode::new);
  }

  @Override
  public List<String> update(
      ContainerId id, ResourceLimits limits, Optional<RestartPolicy> restart) {
    update(id.value(), limits, restart);
    return List.of();
  }

  @Override
  public List<FileChange> changes(ContainerId id) {
    return changes(id.value());
  }

  @Override
  public ContainerUsage usage(ContainerId id) {
    RunningContainer process = get(id).process();
    return process == null ? ContainerUsage.NONE : Usages.of(process.stats(), process.pid());
  }

  @Override
  public ImageId commit(ContainerId id, CommitSpec spec) {
    return commits()
        .commit(
            id.value(),
            new ContainerCommits.Request(
                spec.name(), spec.message(), spec.author(), spec.pause(), spec.changes()));
  }

  // ---- what only the API asks for

  private Container get(ContainerId id) {
    return parts.index().get(id.value());
  }

  /// @throws EngineException.NotFound `No such container: x`
  public View view(String reference) {
    return view(parts.index().get(reference), Instant.now());
  }

  /// All containers, the newest first.
  public List<View> views() {
    Instant now = Instant.now();
    return parts.index().all().stream()
        .map(it -> view(it, now))
        .sorted(Comparator.comparing((View it) -> it.record().created()).reversed())
        .toList();
  }

  private static View view(Container container, Instant now) {
    return new View(container.record(), container.healthLog, now);
  }

  /// @param name absent for one of the engine's choice
  public ContainerId create(
      Optional<ContainerName> name, ContainerSpec spec, CreateOptions options) {
    return creation.create(name, spec, options).id();
  }

  /// @return false when it runs already
  public boolean start(String reference) {
    return lifecycle.start(parts.index().get(reference));
  }

  /// @param grace negative waits without end
  /// @return false when it does not run
  public boolean stop(String reference, Optional<String> signal, Optional<Duration> grace) {
    return stops.stop(parts.index().get(reference), signal, grace);
  }

  public void restart(String reference, Optional<String> signal, Optional<Duration> grace) {
    lifecycle.restart(parts.index().get(reference), signal, grace);
  }

  public void kill(String reference, String signal) {
    Container container;
    try {
      container = parts.index().get(reference);
    } catch (EngineException.NotFound e) {
      throw new EngineException.NotFound(
          "cannot kill container: " + reference + ": " + e.getMessage());
    }
    try {
      Signals.number(signal);
    } catch (EngineException.Invalid e) {
      throw new EngineException.Invalid(
          "cannot kill container: " + reference + ": " + e.getMessage());
    }
    stops.kill(container, reference, signal);
  }

  public void pause(String reference) {
    stops.pause(parts.index().get(reference));
  }

  public void unpause(String reference) {
    stops.unpause(parts.index().get(reference));
  }

  public void remove(String reference, boolean force, boolean anonymousVolumes) {
    removal.remove(parts.index().get(reference), force, anonymousVolumes);
  }

  /// Completes with the exit code when the condition is met.
  public CompletableFuture<Integer> exit(String reference, WaitCondition condition) {
    Container container = parts.index().get(reference);
    return switch (condition) {
      case NOT_RUNNING -> container.atRest();
      case NEXT_EXIT -> container.nextExit();
      case REMOVED -> container.removed;
    };
  }

  /// What its processes changed in the files of its image.
  public List<FileChange> changes(String reference) {
    return new ContainerChanges(parts).of(parts.index().get(reference));
  }

  public void rename(String reference, ContainerName name) {
    Container container = parts.index().get(reference);
    try (var _ = container.lock()) {
      ContainerRecord record = container.record();
      ContainerName old = record.name();
      if (old.equals(name)) {
        throw new EngineException.Invalid(
            "Renaming a container with the same name as its current name");
      }
      parts.index().take(name, record.id());
      try {
        ContainerRecord renamed = record.withName(name);
        if (record.attachment() != null && container.process() != null) {
          renamed = renamed.withAttachment(parts.networks().rename(record.id(), name));
        }
        container.save(renamed);
      } catch (RuntimeException e) {
        parts.index().release(name, record.id());
        throw e;
      }
      parts.index().release(old, record.id());
      parts.events().publish(container.record(), "rename", Map.of("oldName", "/" + old));
    }
  }

  /// How containers join networks and leave them.
  public ContainerConnections connections() {
    return new ContainerConnections(parts);
  }

  /// @param details whether each line is led by what the log options choose of labels and
  ///   environment
  /// @throws EngineException.Unsupported when its log is not kept
  public void logs(String reference, LogRequest request, boolean details, LogSink sink) {
    Container container = parts.index().get(reference);
    ContainerRecord record = container.record();
    if (record.spec().logging().filter(it -> it.driver().equals("none")).isPresent()) {
      throw new EngineException.Unsupported("configured logging driver does not support reading");
    }
    Optional<String> prefix =
        details ? Optional.of(LogAttributes.of(record) + " ") : Optional.empty();
    parts.logs().read(parts.files().log(record.id()), request, prefix, container.atRest(), sink);
  }

  /// Attaches to a container: at once when it runs, with its start when it does not yet.
  ///
  /// @throws EngineException.Conflict when it is paused or restarting
  public CompletableFuture<jcompose.engine.runtime.Attachment> attach(
      String reference, AttachRequest request) {
    Container container = parts.index().get(reference);
    try (var _ = container.lock()) {
      switch (container.state().status()) {
        case PAUSED ->
            throw new EngineException.Conflict(
                "container %s is paused, unpause the container before attach"
                    .formatted(container.id()));
        case RESTARTING ->
            throw new EngineException.Conflict(
                "container %s is restarting, wait until the container is running"
                    .formatted(container.id()));
        default -> {}
      }
      RunningContainer process = container.process();
      if (process != null) {
        return CompletableFuture.completedFuture(process.attach(request));
      }
      var client = new Container.WaitingClient(request, new CompletableFuture<>());
      container.waitingClients.add(client);
      return client.attachment();
    } finally {
      parts.events().publish(container.record(), "attach");
    }
  }

  public void resize(String reference, TerminalSize size) {
    Container container = parts.index().get(reference);
    ContainerStops.running(container).resize(size);
    parts
        .events()
        .publish(
            container.record(),
            "resize",
            Map.of(
                "height",
                Integer.toString(size.rows()),
                "width",
                Integer.toString(size.columns())));
  }

  /// @throws EngineException.Conflict when it does not run
  public ContainerStats stats(String reference) {
    return ContainerStops.running(parts.index().get(reference)).stats();
  }

  /// Ids of its processes.
  public List<Integer> processes(String reference) {
    return ContainerStops.running(parts.index().get(reference)).processes();
  }

  /// Changes limits and restart policy; what is not given stays.
  public void update(String reference, ResourceLimits limits, Optional<RestartPolicy> restart) {
    Container container = parts.index().get(reference);
    try (var _ = container.lock()) {
      ContainerRecord record = container.record();
      if (restart.isPresent() && record.spec().removeWhenExited()) {
        throw new EngineException.Conflict(
            "Cannot update container %s: Restart policy cannot be updated because AutoRemove is enabled for the container"
                .formatted(record.id()));
      }
      ResourceLimits merged = Specs.overlaid(record.spec().limits(), limits);
      if (limits.memorySwapBytes().isEmpty()
          && merged.memorySwapBytes().orElse(0L) > 0
          && limits.memoryBytes().orElse(0L) > merged.memorySwapBytes().orElse(0L)) {
        throw new EngineException.Conflict(
            "Cannot update container %s: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time"
                .formatted(record.id()));
      }
      LimitChecks.check(merged);
      RunningContainer process = container.process();
      if (process != null) {
        process.update(limits);
      }
      container.save(
          record.withSpec(
              Specs.withLimits(record.spec(), merged, restart.orElse(record.spec().restart()))));
      parts.events().publish(container.record(), "update");
    }
  }

  /// Where the container's files are; absent while it is made or removed.
  public Optional<OverlayLayout> layout(ContainerId id) {
    return parts.snapshots().layout(id.value());
  }

  /// Where the container's log is kept.
  public java.nio.file.Path logFile(ContainerId id) {
    return parts.files().log(id);
  }

  /// The folder with the container's files of the engine.
  public java.nio.file.Path folder(ContainerId id) {
    return parts.files().folder(id);
  }
}
