package jcompose.engine.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.ContainerDetails.HealthResult;
import jcompose.core.resource.HealthCheck;
import jcompose.core.resource.HealthState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a container's health check again and again on a thread of its own while it runs.
final class HealthMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration START_INTERVAL = Duration.ofSeconds(5);
  private static final int RETRIES = 3;
  private static final int MOST_OUTPUT = 4096;

  private final HealthCheck check;
  private final List<String> command;
  private final Probe probe;
  private final Listener listener;
  private final Instant startedAt;
  private final Thread thread;
  private volatile boolean closed;

  /// Runs the check's command once.
  interface Probe {
    /// @param output gets what the command prints
    /// @return its exit code; absent when it took longer than `limit` and was killed
    Optional<Integer> run(List<String> command, Duration limit, ByteArrayOutputStream output)
        throws InterruptedException;
  }

  /// Told each result.
  interface Listener {
    void on(HealthState state, HealthLog log);
  }

  HealthMonitor(
      String name,
      HealthCheck check,
      List<String> shell,
      Instant startedAt,
      HealthState first,
      Probe probe,
      Listener listener) {
    this.check = check;
    this.command = command(check.test(), shell);
    this.probe = probe;
    this.listener = listener;
    this.startedAt = startedAt;
    this.thread = Thread.ofVirtual().name("health " + name).start(() -> loop(first));
  }

  static List<String> command(List<String> test, List<String> shell) {
    List<String> rest = test.subList(1, test.size());
    if (test.getFirst().equals("CMD-SHELL")) {
      var words = new java.util.ArrayList<>(shell);
      words.addAll(rest);
      return words;
    }
    return rest;
  }

  private void loop(HealthState first) {
    HealthState state = first;
    HealthLog log = HealthLog.EMPTY;
    try {
      while (!closed) {
        Thread.sleep(pause(state));
        HealthResult result = probeOnce();
        if (closed) {
          return;
        }
        int streak = result.exitCode() == 0 ? 0 : log.failingStreak() + 1;
        if (result.exitCode() != 0 && starting(state)) {
          streak = 0; // failures within the start period do not count
        }
        log = log.with(result, streak);
        state = next(state, result.exitCode(), streak);
        listener.on(state, log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException e) {
      LOG.error("health check ended", e);
    }
  }

  private boolean starting(HealthState state) {
    return state == HealthState.STARTING && inStartPeriod();
  }

  private boolean inStartPeriod() {
    Duration period = positive(check.startPeriod(), Duration.ZERO);
    return Instant.now().isBefore(startedAt.plus(period));
  }

  private Duration pause(HealthState state) {
    Duration interval = positive(check.interval(), INTERVAL);
    if (!starting(state)) {
      return interval;
    }
    return positive(check.startInterval(), START_INTERVAL);
  }

  private HealthState next(HealthState state, int exitCode, int streak) {
    if (exitCode == 0) {
      return HealthState.HEALTHY;
    }
    int retries = check.retries().filter(it -> it > 0).orElse(RETRIES);
    return streak >= retries ? HealthState.UNHEALTHY : state;
  }

  private HealthResult probeOnce() throws InterruptedException {
    Duration limit = positive(check.timeout(), TIMEOUT);
    Instant start = Instant.now();
    var output = new LimitedOutput();
    int code;
    String text;
    try {
      Optional<Integer> exit = probe.run(command, limit, output);
      code = exit.orElse(-1);
      text =
          exit.isPresent()
              ? output.toString(StandardCharsets.UTF_8)
              : "Health check exceeded timeout ("
                  + GoText.duration(limit)
                  + ")"
                  + (output.size() > 0 ? ": " + output.toString(StandardCharsets.UTF_8) : "");
    } catch (RuntimeException e) {
      code = -1;
      text = String.valueOf(e.getMessage());
    }
    return new HealthResult(start, Instant.now(), code, text);
  }

  private static Duration positive(Optional<Duration> value, Duration otherwise) {
    return value.filter(it -> it.isPositive()).orElse(otherwise);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /// Keeps the beginning only.
  private static final class LimitedOutput extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, Math.min(length, MOST_OUTPUT - Math.min(MOST_OUTPUT, size())));
    }

    @Override
    public synchronized void write(int value) {
      if (size() < MOST_OUTPUT) {
        super.write(value);
      }
    }
  }
}
