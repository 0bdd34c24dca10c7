package jcompose.engine.local;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jcompose.core.resource.HealthCheck;
import jcompose.core.resource.HealthState;
import jcompose.engine.runtime.ExecSession;
import jcompose.engine.runtime.ExecSpec;
import jcompose.engine.runtime.RunningContainer;

/// Begins and ends the health checks of containers and notes what they say.
final class HealthChecks {
  private static final List<String> SHELL = List.of("/bin/sh", "-c");
  private static final int SIGKILL = 9;

  private final Parts parts;

  HealthChecks(Parts parts) {
    this.parts = parts;
  }

  /// With the lock held. Does nothing for a container without a check.
  void begin(Container container) {
    ContainerRecord record = container.record();
    Optional<HealthCheck> check = record.merged().healthCheck();
    RunningContainer process = container.process();
    if (check.isEmpty() || process == null) {
      return;
    }
    container.healthMonitor =
        new HealthMonitor(
            record.id().shortId(),
            check.get(),
            record.merged().shell().filter(it -> !it.isEmpty()).orElse(SHELL),
            record.state().startedAt(),
            record.state().health(),
            (command, limit, output) -> run(container, process, command, limit, output),
            (state, log) -> note(container, process, state, log));
  }

  /// With the lock held.
  void end(Container container) {
    HealthMonitor monitor = container.healthMonitor;
    container.healthMonitor = null;
    if (monitor != null) {
      monitor.close();
    }
  }

  private void note(
      Container container, RunningContainer process, HealthState state, HealthLog log) {
    container.healthLog = log;
    if (container.state().health() == state) {
      return;
    }
    try (var _ = container.lock()) {
      if (!container.runs(process)) {
        return;
      }
      container.note(container.state().with(state));
      String word = state.name().toLowerCase(java.util.Locale.ROOT);
      parts.events().publish(container.record(), "health_status: " + word);
    }
  }

  private Optional<Integer> run(
      Container container,
      RunningContainer process,
      List<String> command,
      Duration limit,
      ByteArrayOutputStream output)
      throws InterruptedException {
    String line = String.join(" ", command);
    String id = ContainerCreation.randomHex();
    var events = parts.events();
    var execId = java.util.Map.of("execID", id);
    events.publish(container.record(), "exec_create: " + line, execId);
    events.publish(container.record(), "exec_start: " + line, execId);
    ExecSession session =
        process.exec(
            new ExecSpec(
                id,
                command,
                RuntimeSpecs.environment(
                    container.record(),
                    LegacyLinks.of(container.record(), parts.index()).environment()),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                Optional.empty()));
    var reader =
        Thread.ofVirtual()
            .name("health output")
            .start(
                () ->
                    session
                        .attachment()
                        .forwardTo((_, bytes, from, length) -> output.write(bytes, from, length)));
    try {
      int code = session.exit().get(limit.toMillis(), TimeUnit.MILLISECONDS).value();
      reader.join(Duration.ofSeconds(1));
      var more = new java.util.HashMap<>(execId);
      more.put("exitCode", Integer.toString(code));
      events.publish(container.record(), "exec_die", more);
      return Optional.of(code);
    } catch (TimeoutException e) {
      session.kill(SIGKILL);
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      session.kill(SIGKILL);
      throw e;
    } finally {
      session.attachment().close();
    }
  }
}
