package jcompose.cli.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jcompose.cli.output.Sizes;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ObjectKind;
import jcompose.core.resource.PruneReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `prune` of containers and networks, of which there is one kind that nothing uses.
@Command(name = "prune", sortOptions = false)
public class PruneCommand implements Callable<Integer> {
  private final Session session;
  private final ObjectKind kind;

  @Option(
      names = {"-f", "--force"},
      description = "Do not prompt for confirmation")
  private boolean force;

  @Option(
      names = "--filter",
      paramLabel = "filter",
      description = "Provide filter values (e.g. \"until=<timestamp>\")")
  private List<String> filters = new ArrayList<>();

  public PruneCommand(Session session, ObjectKind kind) {
    this.session = session;
    this.kind = kind;
  }

  /// What will be gone, for the question.
  protected String warning() {
    return kind == ObjectKind.CONTAINER
        ? "This will remove all stopped containers."
        : "This will remove all custom networks not used by at least one container.";
  }

  /// Adds what other flags mean.
  protected void widen(Map<String, List<String>> given) {}

  @Override
  public final Integer call() {
    var all = new LinkedHashMap<>(Pairs.filters("--filter", filters));
    widen(all);
    var invocation = session.invocation();
    if (!force && !Question.agreed(invocation, warning())) {
      return ExitStatus.OK;
    }
    PruneReport report = session.engine().cleaning().prune(kind, all);
    print(kind, report, invocation.output());
    if (kind != ObjectKind.NETWORK) {
      invocation.output().println("Total reclaimed space: " + Sizes.decimal(report.bytes()));
    }
    return ExitStatus.OK;
  }

  /// What was removed, with its title; nothing when nothing was.
  static void print(ObjectKind kind, PruneReport report, java.io.PrintStream out) {
    if (!report.removed().isEmpty()) {
      String word = kind.word();
      out.println("Deleted " + Character.toUpperCase(word.charAt(0)) + word.substring(1) + "s:");
      report.removed().forEach(out::println);
      out.println();
    }
  }
}
