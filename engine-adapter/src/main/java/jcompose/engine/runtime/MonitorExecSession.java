package jcompose.engine.runtime;

import java.util.concurrent.CompletableFuture;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ExitCode;

/// An exec session served by a monitor.
final class MonitorExecSession implements ExecSession {
  /// What a session ends with when its container ends under it: killed.
  private static final ExitCode KILLED = new ExitCode(137);

  private final MonitoredContainer container;
  private final String id;
  private final int pid;
  private final MonitorAttachment attachment;
  private final CompletableFuture<ExitCode> exit = new CompletableFuture<>();

  MonitorExecSession(
      MonitoredContainer container, String id, int pid, MonitorChannel channel, boolean input) {
    this.container = container;
    this.id = id;
    this.pid = pid;
    this.attachment = new MonitorAttachment(channel, input, this::told, this::atEnd);
  }

  private void told(MonitorMessage message) {
    if (message.name().equals("exited")) {
      exit.complete(new ExitCode((int) message.number(1)));
    }
  }

  /// The connection is at its end: the session is over, or nobody listens to it any more.
  private void atEnd() {
    if (!exit.isDone()) {
      var _ =
          container
              .watchExec(id)
              .whenComplete((code, failure) -> exit.complete(failure == null ? code : KILLED));
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public Attachment attachment() {
    return attachment;
  }

  @Override
  public void resize(TerminalSize size) {
    container.resize(size, id);
  }

  @Override
  public void kill(int signal) {
    if (exit.isDone()) {
      throw new EngineException.Conflict("exec session " + id + " is not running");
    }
    container.kill(signal, id);
  }

  @Override
  public CompletableFuture<ExitCode> exit() {
    return exit;
  }
}
