package jcompose.cli.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.output.ContainerRows;
import jcompose.cli.output.RowFormat;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.observation.Observer;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ContainerState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose ps`.
@Command(name = "ps", description = "List containers", sortOptions = false)
final class PsCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-a", "--all"},
      description = "Show all stopped containers (including those created by the run command)")
  private boolean all;

  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      description = "Filter services by a property (supported filters: status)")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, 'table TEMPLATE', json, or a Go template (default: table)")
  private String format = "table";

  @Option(names = "--no-trunc", description = "Don't truncate output")
  private boolean noTruncation;

  @Option(
      names = "--orphans",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Include orphaned services (not declared by project); default: true")
  private boolean orphans = true;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only display IDs")
  private boolean quiet;

  @Option(names = "--services", description = "Display services")
  private boolean servicesOnly;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "Filter services by status: paused, restarting, removing, running, dead, created, exited")
  private List<String> statuses = new ArrayList<>();

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  PsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Set<ContainerState> states = states();
    var known = session.knownProject();
    var project = known.project();
    if (!known.fromLabels()) {
      Work.services(project, services);
    }
    List<Replica> replicas =
        new Observer(session.engine())
            .containers(project.name()).replicas().stream()
                .filter(it -> services.isEmpty() || services.contains(it.service()))
                .filter(it -> orphans || project.services().containsKey(it.service()))
                .filter(it -> all || !it.oneOff())
                .filter(
                    it ->
                        states.isEmpty()
                            ? all || it.running()
                            : states.contains(it.summary().state()))
                .sorted(Comparator.comparing(it -> it.summary().name().value()))
                .toList();
    print(replicas);
    return ExitStatus.OK;
  }

  private void print(List<Replica> replicas) {
    var out = session.invocation().output();
    if (quiet) {
      replicas.forEach(it -> out.println(it.id()));
    } else if (servicesOnly) {
      var names = new LinkedHashSet<String>();
      replicas.forEach(it -> names.add(it.service()));
      names.forEach(out::println);
    } else {
      Instant now = Instant.now();
      new RowFormat(format, ContainerRows.TABLE, ContainerRows.TITLES)
          .print(
              replicas.stream().map(it -> ContainerRows.of(it, now, !noTruncation)).toList(),
              ContainerRows.NAMES,
              out);
    }
  }

  private Set<ContainerState> states() {
    var words = new ArrayList<>(statuses);
    for (String filter : filters) {
      if (!filter.startsWith("status=")) {
        throw new UsageError("invalid filter \"" + filter + "\": only status=STATE is supported");
      }
      words.add(filter.substring("status=".length()));
    }
    var states = new LinkedHashSet<ContainerState>();
    for (String word : words) {
      try {
        states.add(ContainerState.of(word.toLowerCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new UsageError("invalid status \"" + word + "\"");
      }
    }
    return states;
  }
}
