package jcompose.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import jcompose.cli.output.ProjectList;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.conversion.ComposeLabels;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jcompose ls`.
@Command(name = "ls", description = "List running compose projects", sortOptions = false)
final class LsCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-a", "--all"},
      description = "Show all stopped Compose projects")
  private boolean all;

  @Option(names = "--filter", paramLabel = "FILTER", description = "Filter output: name=REGEX")
  private @Nullable String filter;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json")
  private String format = "table";

  @Option(
      names = {"-q", "--quiet"},
      description = "Only display project names")
  private boolean quiet;

  LsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ReconcileOptions.refuse(
        filter != null && !filter.startsWith("name="), "invalid --filter: only name=REGEX");
    var containers = session.engine().containers().list(List.of(ComposeLabels.PROJECT));
    var projects =
        ProjectList.of(containers, all).stream()
            .filter(
                it ->
                    filter == null
                        || Pattern.compile(filter.substring("name=".length()))
                            .matcher(it.name())
                            .find())
            .toList();
    ProjectList.print(projects, session.invocation().output(), format.equals("json"), quiet);
    return ExitStatus.OK;
  }
}
