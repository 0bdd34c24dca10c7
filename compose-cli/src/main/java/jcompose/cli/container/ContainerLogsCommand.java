package jcompose.cli.container;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import jcompose.cli.object.LogFlags;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.LogSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `jcompose container logs`: bytes as they were written, each stream to its own.
@Command(name = "logs", sortOptions = false)
final class ContainerLogsCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final LogFlags flags = new LogFlags();

  @Parameters(paramLabel = "CONTAINER")
  private String container = "";

  ContainerLogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var request = flags.request();
    var id = References.container(session, container);
    Thread worker = Thread.currentThread();
    try (var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      session.engine().containers().logs(id, request, this::print);
    }
    return Thread.interrupted() ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }

  private void print(LogSink.Stream stream, byte[] bytes, int offset, int length) {
    PrintStream to =
        stream == LogSink.Stream.STDERR
            ? session.invocation().error()
            : session.invocation().output();
    to.write(bytes, offset, length);
    to.flush();
  }
}
