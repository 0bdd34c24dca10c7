package jcompose.cli.command;

import java.util.concurrent.Callable;
import jcompose.cli.output.ExplainJson;
import jcompose.cli.output.ExplainText;
import jcompose.cli.output.Explanation;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.loading.ResolvedProject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose explain`.
@Command(name = "explain", description = "Tell where each value of the project comes from")
final class ExplainCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (default: text)")
  private String format = "text";

  @Parameters(
      arity = "0..1",
      paramLabel = "SERVICE[.KEY...]",
      description = "Only what is below, such as web.ports[0] or networks.front")
  private String address = "";

  ExplainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!format.equals("text") && !format.equals("json")) {
      throw new UsageError("unsupported format \"" + format + "\": use text or json");
    }
    ResolvedProject project = session.resolved(session.loadRequest());
    Explanation explanation = Explanation.of(project, address);
    session
        .invocation()
        .output()
        .print(
            format.equals("json")
                ? ExplainJson.of(explanation, project.tree().origin())
                : ExplainText.of(explanation));
    return ExitStatus.OK;
  }
}
