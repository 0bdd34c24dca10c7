package jcompose.cli.container;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.References;
import jcompose.cli.settings.Arguments;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.LogRequest;
import jcompose.core.engine.LogSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container logs`: bytes as they were written, each stream to its own.
@Command(name = "logs", sortOptions = false)
final class ContainerLogsCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-f", "--follow"},
      description = "Follow log output")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "string",
      description =
          "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for"
              + " 42 minutes)")
  private @Nullable String since;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "string",
      description = "Number of lines to show from the end of the logs (default \"all\")")
  private String tail = "all";

  @Option(
      names = {"-t", "--timestamps"},
      description = "Show timestamps")
  private boolean timestamps;

  @Option(
      names = "--until",
      paramLabel = "string",
      description =
          "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\""
              + " for 42 minutes)")
  private @Nullable String until;

  @Parameters(paramLabel = "CONTAINER")
  private String container = "";

  ContainerLogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Instant now = Instant.now();
    var request =
        new LogRequest(
            follow,
            Arguments.tail(tail),
            Optional.ofNullable(since).map(it -> Arguments.time(it, now)),
            Optional.ofNullable(until).map(it -> Arguments.time(it, now)),
            timestamps);
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
