package jcompose.engine.runtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import jcompose.core.engine.EngineException;

/// The connection over which a container is created, started, signalled, and its end learnt. A
/// virtual thread reads it.
final class ControlConnection {
  private final MonitorChannel channel;
  private final BooleanSupplier oomKilled;
  private final Supplier<ExitStatus> whenLost;
  private final CompletableFuture<MonitorMessage> cloned = new CompletableFuture<>();
  private final CompletableFuture<MonitorMessage> ready = new CompletableFuture<>();
  private final CompletableFuture<MonitorMessage> started = new CompletableFuture<>();
  private final CompletableFuture<MonitorMessage> state = new CompletableFuture<>();
  private final CompletableFuture<ExitStatus> exited = new CompletableFuture<>();
  private final ReentrantLock sending = new ReentrantLock();
  private final Deque<CompletableFuture<MonitorMessage>> replies = new ArrayDeque<>();

  /// @param oomKilled asked at the end, whether that was for want of memory
  /// @param whenLost asked when the monitor closes the connection without having told the end
  ControlConnection(
      MonitorChannel channel,
      String name,
      BooleanSupplier oomKilled,
      Supplier<ExitStatus> whenLost) {
    this.channel = channel;
    this.oomKilled = oomKilled;
    this.whenLost = whenLost;
    Thread.ofVirtual().name("monitor-" + name).start(this::read);
  }

  private void read() {
    try {
      while (true) {
        dispatch(channel.read().message());
      }
    } catch (IOException | RuntimeException e) {
      EngineException lost =
          new EngineException.Unavailable("the container's monitor closed the connection", e);
      cloned.completeExceptionally(lost);
      ready.completeExceptionally(lost);
      started.completeExceptionally(lost);
      state.completeExceptionally(lost);
      sending.lock();
      try {
        replies.forEach(reply -> reply.completeExceptionally(lost));
        replies.clear();
      } finally {
        sending.unlock();
      }
      if (!exited.isDone()) {
        try {
          exited.complete(whenLost.get());
        } catch (RuntimeException unknown) {
          exited.completeExceptionally(unknown);
        }
      }
      channel.close();
    }
  }

  private void dispatch(MonitorMessage message) throws IOException {
    switch (message.name()) {
      case "pid" -> cloned.complete(message);
      case "ready" -> ready.complete(message);
      case "started" -> started.complete(message);
      case "state" -> state.complete(message);
      case "exited" ->
          exited.complete(
              ExitFile.status(
                  (int) message.number(1), oomKilled.getAsBoolean(), message.number(2)));
      case "failed" -> {
        StepFailed failure = new StepFailed(message);
        cloned.completeExceptionally(failure);
        ready.completeExceptionally(failure);
        started.completeExceptionally(failure);
      }
      case "done" -> {
        sending.lock();
        try {
          CompletableFuture<MonitorMessage> reply = replies.poll();
          if (reply != null) {
            reply.complete(message);
          }
        } finally {
          sending.unlock();
        }
      }
      default ->
          throw new IOException("a monitor said what this version does not know: " + message);
    }
  }

  void send(MonitorMessage message) throws IOException {
    channel.send(message);
  }

  /// Sends a command and waits for its answer.
  ///
  /// @return 0, or the number of the kernel's error
  int command(MonitorMessage message) {
    CompletableFuture<MonitorMessage> reply = new CompletableFuture<>();
    sending.lock();
    try {
      replies.add(reply);
      channel.send(message);
    } catch (IOException e) {
      throw new EngineException.Unavailable(
          "the container's monitor does not answer: " + e.getMessage(), e);
    } finally {
      sending.unlock();
    }
    try {
      return (int) await(reply).number(1);
    } catch (StepFailed e) {
      throw new EngineException.Failed("the container's monitor failed: " + e.message());
    }
  }

  MonitorMessage awaitClone() throws StepFailed {
    return await(cloned);
  }

  void awaitReady() throws StepFailed {
    await(ready);
  }

  MonitorMessage awaitStart() throws StepFailed {
    return await(started);
  }

  MonitorMessage awaitState() {
    try {
      return await(state);
    } catch (StepFailed e) {
      throw new EngineException.Failed("the container's monitor failed: " + e.message());
    }
  }

  CompletableFuture<ExitStatus> exited() {
    return exited;
  }

  void close() {
    channel.close();
  }

  private static MonitorMessage await(CompletableFuture<MonitorMessage> future) throws StepFailed {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Failed("interrupted while waiting for the container's monitor", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StepFailed failed) {
        throw failed;
      }
      if (e.getCause() instanceof EngineException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /// The monitor's message `failed`.
  static final class StepFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MonitorMessage message;

    StepFailed(MonitorMessage message) {
      super(message.toString());
      this.message = message;
    }

    MonitorMessage message() {
      return message;
    }
  }
}
