package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.output.ConfigJson;
import jcompose.cli.output.ConfigYaml;
import jcompose.cli.output.Diagnostics;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.loading.LoadRequest;
import jcompose.core.loading.ProjectLoader;
import jcompose.core.loading.ResolveResult;
import jcompose.core.loading.ResolvedProject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose config`.
@Command(
    name = "config",
    aliases = "convert",
    description = "Check the compose files and show what they mean")
final class ConfigCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--format", paramLabel = "FORMAT", description = "yaml or json (default: yaml)")
  private String format = "yaml";

  @Option(
      names = {"-q", "--quiet"},
      description = "Only check, print nothing")
  private boolean quiet;

  @Option(names = "--no-interpolate", description = "Leave references to variables as they are")
  private boolean noInterpolate;

  @Option(names = "--no-normalize", description = "Leave out what is implied")
  private boolean noNormalize;

  @Option(names = "--no-path-resolution", description = "Leave relative paths as they are")
  private boolean noPathResolution;

  @Option(names = "--no-consistency", description = "Do not check references")
  private boolean noConsistency;

  @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "Only these services")
  private List<String> services = new ArrayList<>();

  ConfigCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!format.equals("yaml") && !format.equals("json")) {
      throw new UsageError("unsupported format \"" + format + "\": use yaml or json");
    }
    var invocation = session.invocation();
    var options = session.options();
    var request =
        new LoadRequest(
            invocation.folder(),
            options.files(),
            options.projectName(),
            options.projectDirectory(),
            options.environmentFiles(),
            options.profiles(),
            invocation.environment(),
            invocation::input,
            new LoadRequest.Options(
                !noInterpolate, !noNormalize, !noPathResolution, !noConsistency));
    return switch (new ProjectLoader().resolve(request)) {
      case ResolveResult.Unresolved(var reason, var problems) -> {
        Diagnostics.print(problems, invocation.error());
        yield reason.exitCode();
      }
      case ResolveResult.Resolved(var project, var warnings) -> {
        Diagnostics.print(warnings, invocation.error());
        if (!quiet) {
          invocation.output().print(text(project));
        }
        yield ExitStatus.OK;
      }
    };
  }

  private String text(ResolvedProject project) {
    return format.equals("json") ? ConfigJson.of(project.json()) : ConfigYaml.of(project.yaml());
  }
}
