package jcompose.core.usecase;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineEvent;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.Events;
import jcompose.core.engine.LogRequest;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ContainerDetails;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ExitCode;
import jcompose.core.usecase.LogConsumer.Source;
import org.jspecify.annotations.Nullable;

/// Follows the output of a project's containers, through their restarts, and of those that start
/// later. It hears of starts by events, asked for before anything is started, and reads each log
/// from where its run began: no first line is missed, none comes twice.
public final class LogFollower implements AutoCloseable {
  private static final long RESTART_LOOK_MILLIS = 50;

  private final Engine engine;
  private final LogConsumer consumer;
  private final LogRequest request;
  private final Predicate<String> watched;
  private final ExitListener exits;
  private final Events.Subscription subscription;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<ContainerId> active = new HashSet<>();

  /// Where the run that is followed next begins: the end of the run before.
  private final Map<ContainerId, Instant> endOfLastRun = new ConcurrentHashMap<>();

  private final Set<ContainerId> finished = ConcurrentHashMap.newKeySet();

  /// Told of each end of a followed container, also of one that is restarted.
  @FunctionalInterface
  public interface ExitListener {
    void exited(Source source, ExitCode code);
  }

  /// @param request how lines are wanted; it is made to follow
  /// @param watched says of a service whether its containers are followed
  public LogFollower(
      Engine engine,
      String project,
      LogRequest request,
      Predicate<String> watched,
      LogConsumer consumer,
      ExitListener exits) {
    this.engine = engine;
    this.consumer = consumer;
    this.request = request;
    this.watched = watched;
    this.exits = exits;
    this.subscription =
        engine.events().subscribe(List.of(ComposeLabels.PROJECT + "=" + project), this::heard);
  }

  private void heard(EngineEvent event) {
    Map<String, String> labels = event.attributes();
    String service = labels.getOrDefault(ComposeLabels.SERVICE, "");
    boolean oneOff = "True".equals(labels.get(ComposeLabels.ONE_OFF));
    if (event.type().equals("container")
        && event.action().equals("start")
        && !oneOff
        && watched.test(service)) {
      String name = labels.getOrDefault("name", event.actorId().substring(0, 12));
      String prefix = labels.getOrDefault(ComposeLabels.PROJECT, "") + "-";
      follow(
          new ContainerId(event.actorId()),
          new Source(name.startsWith(prefix) ? name.substring(prefix.length()) : name, service),
          false);
    }
  }

  /// Notes where the log of a container that does not run ends now, so that only what it prints
  /// after its next start is shown.
  public void expect(Replica replica) {
    consumer.announce(Logs.source(replica));
    if (!replica.running()) {
      engine
          .containers()
          .inspect(replica.id())
          .finishedAt()
          .ifPresent(it -> endOfLastRun.put(replica.id(), it.plusNanos(1)));
    }
  }

  /// Follows a container if it is not followed yet.
  ///
  /// @param onlyNew leaves out what it has printed so far
  public void attach(Replica replica, boolean onlyNew) {
    if (watched.test(replica.service()) && !replica.oneOff()) {
      follow(replica.id(), Logs.source(replica), onlyNew);
    }
  }

  private void follow(ContainerId id, Source source, boolean onlyNew) {
    synchronized (this) {
      if (!active.add(id)) {
        return;
      }
    }
    try {
      threads.execute(() -> run(id, source, onlyNew));
    } catch (RejectedExecutionException e) {
      ended(id); // closed a moment ago
    }
  }

  private synchronized void ended(ContainerId id) {
    finished.add(id);
    active.remove(id);
    notifyAll();
  }

  /// Whether a container is followed, or was to its end.
  public boolean hasFollowed(ContainerId id) {
    synchronized (this) {
      return finished.contains(id) || active.contains(id);
    }
  }

  private void run(ContainerId id, Source source, boolean onlyNew) {
    try {
      boolean fromNow = onlyNew;
      while (true) {
        var lines = new LineSplitter(consumer, source);
        engine.containers().logs(id, wanted(id, fromNow), lines);
        lines.finish();
        fromNow = false;
        ContainerDetails after = engine.containers().inspect(id);
        after.finishedAt().ifPresent(it -> endOfLastRun.put(id, it.plusNanos(1)));
        ExitCode code = after.exitCode().orElse(new ExitCode(0));
        consumer.status(source, "exited with code " + code);
        exits.exited(source, code);
        if (!runsAgain(id)) {
          return;
        }
      }
    } catch (EngineException.NotFound e) {
      // removed: there is nothing more to come
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        consumer.status(source, "cannot be followed: " + e.getMessage());
      }
    } finally {
      ended(id);
    }
  }

  private LogRequest wanted(ContainerId id, boolean fromNow) {
    @Nullable Instant lastEnd = endOfLastRun.get(id);
    return new LogRequest(
        true,
        fromNow ? Optional.of(0) : request.tail(),
        lastEnd == null ? request.since() : Optional.of(lastEnd),
        request.until(),
        request.timestamps());
  }

  /// Waits while the engine is about to start the container again.
  private boolean runsAgain(ContainerId id) throws InterruptedException {
    while (true) {
      ContainerState state = engine.containers().inspect(id).state();
      switch (state) {
        case RUNNING, PAUSED -> {
          return true;
        }
        case CREATED, EXITED, DEAD, REMOVING -> {
          return false;
        }
        case RESTARTING -> Thread.sleep(RESTART_LOOK_MILLIS);
      }
    }
  }

  /// Returns once no followed container runs any more.
  public synchronized void awaitEnd() throws InterruptedException {
    while (!active.isEmpty()) {
      wait();
    }
  }

  /// The same, but not for longer than `limit`.
  public synchronized void awaitEnd(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!active.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  @Override
  public void close() {
    subscription.close();
    threads.shutdownNow();
  }
}
