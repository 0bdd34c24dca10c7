package jcompose.cli.console;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.Console;
import jcompose.core.engine.Containers;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogSink;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.WaitCondition;

/// A container's run with the caller's streams: attached, then started, so that not a byte is
/// missed; its exit code is the command's.
public final class ForegroundRun {
  private final Session session;
  private final Containers containers;
  private final ContainerId id;
  private final Streams streams;
  private boolean detached;

  /// How the caller's streams are connected.
  ///
  /// @param terminal whether the caller's terminal is lent to the program
  /// @param input whether it gets the caller's standard input
  /// @param output whether the caller gets its standard output
  /// @param error whether the caller gets its standard error
  /// @param detachKeys those that leave it alone; empty for the usual ones
  /// @param signals whether it gets the caller's signals
  public record Streams(
      boolean terminal,
      boolean input,
      boolean output,
      boolean error,
      String detachKeys,
      boolean signals) {
    public static Streams of(boolean terminal, boolean input) {
      return new Streams(terminal, input, true, true, "", true);
    }
  }

  public ForegroundRun(Session session, ContainerId id, Streams streams) {
    this.session = session;
    this.containers = session.engine().containers();
    this.id = id;
    this.streams = streams;
  }

  /// Runs it to its end and removes it.
  public int runAndRemove() throws InterruptedException {
    try {
      int code = run(WaitCondition.NEXT_EXIT);
      if (!detached) {
        containers.remove(id, true, true);
      }
      return code;
    } catch (EngineException e) {
      try {
        containers.remove(id, true, true);
      } catch (EngineException inRemoving) {
        e.addSuppressed(inRemoving);
      }
      throw e;
    }
  }

  /// Runs it.
  ///
  /// @param until [WaitCondition#REMOVED] for one that the engine removes
  /// @throws EngineException when it cannot be started
  public int run(WaitCondition until) throws InterruptedException {
    var connected = new CompletableFuture<Void>();
    var ended = new CompletableFuture<Void>();
    CompletableFuture<ExitCode> exit;
    byte[] keys = DetachableInput.sequence(streams.detachKeys());
    try (var caller = new CallerConsole(session.invocation(), streams.terminal(), keys);
        var _ = session.invocation().interrupts().handle(this::interrupted)) {
      Console own = caller.console(streams.input());
      var console =
          new Console(
              own.input(),
              (stream, bytes, offset, length) -> {
                if (stream == LogSink.Stream.STDOUT ? streams.output() : streams.error()) {
                  own.output().write(stream, bytes, offset, length);
                }
              },
              size -> {
                connected.complete(null);
                own.connected().accept(size);
              });
      Thread.ofVirtual().name("attach").start(() -> attach(console, connected, ended));
      await(connected);
      exit = containers.exit(id, until);
      containers.start(id);
      await(ended);
      if (caller.detached()) {
        detached = true;
        return ExitStatus.OK; // it goes on, as its user wants
      }
    }
    return await(exit).value();
  }

  private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  private void attach(
      Console console, CompletableFuture<Void> connected, CompletableFuture<Void> ended) {
    try {
      if (streams.detachKeys().isEmpty()) {
        containers.attach(id, console);
      } else {
        containers.attach(id, console, streams.detachKeys());
      }
      ended.complete(null);
    } catch (RuntimeException e) {
      connected.completeExceptionally(e);
      ended.completeExceptionally(e);
    }
  }

  /// Without a terminal the keys come as signals, and they are meant for the program.
  private void interrupted() {
    if (!streams.signals()) {
      return;
    }
    try {
      containers.kill(id, "SIGINT");
    } catch (EngineException e) {
      // it has ended by itself
    }
  }
}
