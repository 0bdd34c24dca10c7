package jcompose.engine.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerState;
import jcompose.engine.runtime.ContainerStartException;
import jcompose.engine.runtime.ExecSession;
import jcompose.engine.runtime.ExecSpec;
import jcompose.engine.runtime.RunningContainer;
import jcompose.engine.runtime.TerminalSize;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Second programs in containers: made, then started, then looked at. They are forgotten with their
/// container, or when too many have ended.
public final class ExecSessions {
  private static final Logger LOG = LoggerFactory.getLogger(ExecSessions.class);
  private static final int MOST_ENDED = 1024;
  private static final int NOT_STARTED = 126;

  private final Parts parts;
  private final Map<String, Exec> byId = new ConcurrentHashMap<>();

  ExecSessions(Parts parts) {
    this.parts = parts;
  }

  /// What a client asked for.
  ///
  /// @param environment added to the container's
  public record ExecRequest(
      List<String> command,
      List<String> environment,
      Optional<String> user,
      Optional<String> workingDirectory,
      boolean privileged,
      boolean stdin,
      boolean stdout,
      boolean stderr,
      boolean tty,
      Optional<TerminalSize> size,
      String detachKeys) {

    /// What a caller of the port asks for.
    static ExecRequest of(jcompose.core.resource.ExecSpec spec, boolean input) {
      return new ExecRequest(
          spec.command(),
          spec.environment(),
          spec.user(),
          spec.workingDirectory(),
          spec.privileged(),
          input,
          true,
          true,
          spec.terminal(),
          Optional.empty(),
          "");
    }
  }

  /// One exec session.
  public static final class Exec {
    private final String id;
    private final Container container;
    private final ExecRequest request;
    private volatile @Nullable ExecSession session;
    private volatile @Nullable Integer exitCode;
    private volatile boolean started;
    private volatile int pid;
    private volatile CompletableFuture<?> ended = CompletableFuture.completedFuture(null);

    private Exec(String id, Container container, ExecRequest request) {
      this.id = id;
      this.container = container;
      this.request = request;
    }

    public String id() {
      return id;
    }

    public String containerId() {
      return container.id().value();
    }

    public ExecRequest request() {
      return request;
    }

    public boolean running() {
      return started && exitCode == null;
    }

    /// Absent until it has ended.
    public Optional<Integer> exitCode() {
      return Optional.ofNullable(exitCode);
    }

    /// Waits until it has ended and its code is known, but no longer than that.
    public void awaitEnd(Duration limit) {
      try {
        ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        LOG.debug("exec session {} has closed its output and goes on", id);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /// 0 before it started.
    public int pid() {
      return pid;
    }
  }

  /// @throws EngineException.Conflict when the container does not run or is paused
  public Exec create(String container, ExecRequest request) {
    Container owner = parts.index().get(container);
    if (request.command().isEmpty()) {
      throw new EngineException.Invalid("No exec command specified");
    }
    check(owner, container);
    var exec = new Exec(ContainerCreation.randomHex(), owner, request);
    forgetOld();
    byId.put(exec.id(), exec);
    publish(exec, "exec_create: " + shown(request.command()), Map.of());
    return exec;
  }

  private static RunningContainer check(Container owner, String reference) {
    RunningContainer process = owner.process();
    if (process == null) {
      throw new EngineException.Conflict("container " + owner.id() + " is not running");
    }
    if (owner.state().status() == ContainerState.PAUSED) {
      throw new EngineException.Conflict(
          "Container " + reference + " is paused, unpause the container before exec");
    }
    return process;
  }

  private void publish(Exec exec, String action, Map<String, String> more) {
    var attributes = new java.util.HashMap<String, String>(more);
    attributes.put("execID", exec.id());
    parts.events().publish(exec.container.record(), action, attributes);
  }

  /// As dockerd writes it: a blank after the program, whether or not arguments follow.
  private static String shown(List<String> command) {
    return command.getFirst() + " " + String.join(" ", command.subList(1, command.size()));
  }

  private void forgetOld() {
    byId.values().removeIf(it -> it.container.removed.isDone());
    if (byId.size() > MOST_ENDED) {
      byId.values().removeIf(it -> it.exitCode != null);
    }
  }

  /// @throws EngineException.NotFound `No such exec instance: x`
  public Exec get(String id) {
    Exec exec = byId.get(id);
    if (exec == null || exec.container.removed.isDone()) {
      throw new EngineException.NotFound("No such exec instance: " + id);
    }
    return exec;
  }

  public List<String> ofContainer(String containerId) {
    return byId.values().stream()
        .filter(it -> it.running() && it.containerId().equals(containerId))
        .map(Exec::id)
        .toList();
  }

  /// Starts it. The caller owns the session's attachment.
  ///
  /// @param size replaces the one it was made with
  /// @throws EngineException.Conflict when it was started before
  /// @throws ContainerStartException when the program cannot be run; the session has ended then
  public ExecSession start(Exec exec, Optional<TerminalSize> size) {
    RunningContainer process = check(exec.container, exec.containerId());
    synchronized (exec) {
      if (exec.started) {
        throw new EngineException.Conflict(
            "Error: Exec command %s %s"
                .formatted(
                    exec.id(), exec.exitCode == null ? "is already running" : "has already run"));
      }
      exec.started = true;
    }
    ExecRequest request = exec.request();
    publish(exec, "exec_start: " + shown(request.command()), Map.of());
    ExecSession session;
    try {
      session = process.exec(spec(exec, size));
    } catch (ContainerStartException e) {
      // Whatever the reason: clients get dockerd's one code for a program that did not start.
      exec.exitCode = NOT_STARTED;
      throw e;
    } catch (RuntimeException e) {
      exec.exitCode = NOT_STARTED;
      throw e;
    }
    exec.session = session;
    exec.pid = session.pid();
    exec.ended =
        session
            .exit()
            .handle(
                (code, lost) -> {
                  int value = lost == null ? code.value() : 137;
                  exec.exitCode = value;
                  publish(exec, "exec_die", Map.of("exitCode", Integer.toString(value)));
                  return value;
                });
    return session;
  }

  private ExecSpec spec(Exec exec, Optional<TerminalSize> size) {
    ExecRequest request = exec.request();
    Map<String, String> environment = new java.util.LinkedHashMap<>();
    ContainerRecord record = exec.container.record();
    RuntimeSpecs.environment(record, LegacyLinks.of(record, parts.index()).environment())
        .forEach(it -> environment.put(MergedConfig.nameOf(it), it));
    if (request.tty()) {
      environment.putIfAbsent("TERM", "TERM=xterm");
    }
    request.environment().forEach(it -> environment.put(MergedConfig.nameOf(it), it));
    return new ExecSpec(
        exec.id(),
        request.command(),
        List.copyOf(environment.values()),
        request.user().filter(it -> !it.isEmpty()),
        request.workingDirectory().filter(it -> !it.isEmpty()),
        request.privileged(),
        request.stdin(),
        request.tty(),
        size.or(request::size));
  }

  /// Sets the size of a running session's terminal.
  public void resize(String id, TerminalSize size) {
    Exec exec = get(id);
    ExecSession session = exec.session;
    if (session == null || exec.exitCode != null) {
      throw new EngineException.Conflict("exec session " + id + " is not running");
    }
    session.resize(size);
  }
}
