package jcompose.engine.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerState;
import jcompose.engine.runtime.AttachRequest;
import jcompose.engine.runtime.Attachment;
import jcompose.engine.runtime.CreatedContainer;
import jcompose.engine.runtime.RunningContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One container of this engine. Its record is replaced under its lock and read without.
final class Container {
  private static final Logger LOG = LoggerFactory.getLogger(Container.class);

  private final RecordFiles files;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile ContainerRecord record;
  private volatile @Nullable RunningContainer process;
  private volatile boolean removing;

  // guarded by the lock
  final RestartBackoff backoff = new RestartBackoff();
  final List<WaitingClient> waitingClients = new ArrayList<>();
  @Nullable Thread restartTimer;
  private CompletableFuture<Integer> nextExit = new CompletableFuture<>();
  private CompletableFuture<Integer> atRest = new CompletableFuture<>();

  final CompletableFuture<Integer> removed = new CompletableFuture<>();
  volatile HealthLog healthLog = HealthLog.EMPTY;
  volatile @Nullable HealthMonitor healthMonitor;

  /// A client that attached before the start.
  record WaitingClient(AttachRequest request, CompletableFuture<Attachment> attachment) {}

  Container(RecordFiles files, ContainerRecord record) {
    this.files = files;
    this.record = record;
  }

  ContainerId id() {
    return record.id();
  }

  ContainerRecord record() {
    return record;
  }

  RunState state() {
    return record.state();
  }

  /// Absent when no process is there.
  @Nullable RunningContainer process() {
    return process;
  }

  /// Whether this very run is the present one; null stands for none.
  @SuppressWarnings("ReferenceEquality") // a run is itself and no other
  boolean runs(@Nullable RunningContainer run) {
    return process == run;
  }

  void setProcess(@Nullable RunningContainer value) {
    process = value;
  }

  boolean removing() {
    return removing;
  }

  void setRemoving(boolean value) {
    removing = value;
  }

  /// Holds the lock until closed.
  Held lock() {
    lock.lock();
    return lock::unlock;
  }

  /// A lock that is held.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// Replaces the record; durably, for what a user asked for.
  void save(ContainerRecord next) {
    files.save(next);
    record = next;
  }

  /// Replaces the record in memory only: a note of the same step follows.
  void prepare(ContainerRecord next) {
    record = next;
  }

  /// Notes the course of a run.
  void note(ContainerRecord next) {
    files.note(next);
    record = next;
  }

  void note(RunState next) {
    note(record.withState(next));
  }

  /// Completes with the code of the end of the present or else the next run.
  CompletableFuture<Integer> nextExit() {
    try (Held _ = lock()) {
      return nextExit;
    }
  }

  /// Completes once it does not run and will not by itself; at once when that is so.
  CompletableFuture<Integer> atRest() {
    try (Held _ = lock()) {
      return state().running() ? atRest : CompletableFuture.completedFuture(state().exitCode());
    }
  }

  /// Tells those who wait that a run has ended. With the lock held; what waits on is woken on other
  /// threads.
  void tellExit(int code) {
    CompletableFuture<Integer> ended = nextExit;
    nextExit = new CompletableFuture<>();
    CompletableFuture<Integer> resting = atRest;
    boolean rests = state().status() != ContainerState.RESTARTING;
    if (rests) {
      atRest = new CompletableFuture<>();
    }
    Thread.startVirtualThread(
        () -> {
          ended.complete(code);
          if (rests) {
            resting.complete(code);
          }
        });
  }

  /// Gives those who attached before the start what they wait for. With the lock held.
  void attachWaitingClients(CreatedContainer created) {
    for (WaitingClient client : waitingClients) {
      client.attachment().complete(created.attach(client.request()));
    }
    waitingClients.clear();
  }

  /// Tells those who attached before a start that there is none. With the lock held.
  void dismissWaitingClients(Throwable why) {
    waitingClients.forEach(it -> it.attachment().completeExceptionally(why));
    waitingClients.clear();
  }

  /// Keeps it from being started again by its policy. With the lock held.
  ///
  /// @return whether it was about to be
  boolean cancelRestart() {
    Thread timer = restartTimer;
    restartTimer = null;
    if (timer == null) {
      return false;
    }
    if (timer != Thread.currentThread()) {
      timer.interrupt();
    }
    return true;
  }

  /// Does a step of cleaning up; the next is done whatever becomes of it.
  void cleanUp(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("cleaning up after a run of {}", id(), e);
    }
  }
}
