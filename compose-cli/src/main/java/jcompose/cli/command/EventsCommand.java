package jcompose.cli.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.output.EventLines;
import jcompose.cli.settings.Arguments;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.engine.EngineEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose events`.
@Command(
    name = "events",
    description = "Receive real time events from containers",
    sortOptions = false)
final class EventsCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--json", description = "Output events as a stream of json objects")
  private boolean json;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Show all events created since timestamp (2013-01-02T13:23:37Z) or 42m ago")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Stream events until this timestamp (2013-01-02T13:23:37Z)")
  private @Nullable String until;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  EventsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    Work.services(project, services);
    Instant now = Instant.now();
    Thread worker = Thread.currentThread();
    try (var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      session
          .engine()
          .events()
          .read(
              List.of(ComposeLabels.PROJECT + "=" + project.name()),
              Optional.ofNullable(since).map(it -> Arguments.time(it, now)),
              Optional.ofNullable(until).map(it -> Arguments.time(it, now)),
              this::print);
    }
    return Thread.interrupted() ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }

  private void print(EngineEvent event) {
    String service = event.attributes().getOrDefault(ComposeLabels.SERVICE, "");
    if (event.type().equals("container")
        && !service.isEmpty()
        && (services.isEmpty() || services.contains(service))) {
      var out = session.invocation().output();
      out.println(json ? EventLines.json(event) : EventLines.text(event));
      out.flush();
    }
  }
}
