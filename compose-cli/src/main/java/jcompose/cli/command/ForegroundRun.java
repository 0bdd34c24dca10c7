package jcompose.cli.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.Console;
import jcompose.core.engine.Containers;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;

/// A container that was created for a `run`: attached, then started, so that not a byte is missed;
/// its exit code is the command's.
final class ForegroundRun {
  private final Session session;
  private final Containers containers;
  private final ContainerId id;
  private final boolean terminal;
  private final boolean input;
  private final boolean remove;

  ForegroundRun(Session session, ContainerId id, boolean terminal, boolean input, boolean remove) {
    this.session = session;
    this.containers = session.engine().containers();
    this.id = id;
    this.terminal = terminal;
    this.input = input;
    this.remove = remove;
  }

  int run() throws InterruptedException {
    try {
      return attached();
    } catch (EngineException e) {
      if (remove) {
        try {
          containers.remove(id, true, true);
        } catch (EngineException inRemoving) {
          e.addSuppressed(inRemoving);
        }
      }
      throw e;
    }
  }

  private int attached() throws InterruptedException {
    var connected = new CompletableFuture<Void>();
    var ended = new CompletableFuture<Void>();
    try (var caller = new CallerConsole(session.invocation(), terminal);
        var _ = session.invocation().interrupts().handle(this::interrupted)) {
      Console own = caller.console(input);
      var console =
          new Console(
              own.input(),
              own.output(),
              size -> {
                connected.complete(null);
                own.connected().accept(size);
              });
      Thread.ofVirtual().name("attach").start(() -> attach(console, connected, ended));
      await(connected);
      containers.start(id);
      await(ended);
      if (caller.detached()) {
        return ExitStatus.OK; // it goes on, as its user wants
      }
    }
    int code = containers.waitForExit(id).value();
    if (remove) {
      containers.remove(id, true, true);
    }
    return code;
  }

  private static void await(CompletableFuture<Void> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  private void attach(
      Console console, CompletableFuture<Void> connected, CompletableFuture<Void> ended) {
    try {
      containers.attach(id, console);
      ended.complete(null);
    } catch (RuntimeException e) {
      connected.completeExceptionally(e);
      ended.completeExceptionally(e);
    }
  }

  /// Without a terminal the keys come as signals, and they are meant for the program.
  private void interrupted() {
    try {
      containers.kill(id, "SIGINT");
    } catch (EngineException e) {
      // it has ended by itself
    }
  }
}
