package jcompose.cli.command;

import java.util.concurrent.Callable;
import jcompose.cli.output.Version;
import jcompose.cli.settings.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jcompose version`.
@Command(name = "version", description = "Show the version of jcompose")
final class VersionCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "pretty",
      description = "pretty or json")
  private String format = "pretty";

  @Option(names = "--short", description = "Shows only the number")
  private boolean shortForm;

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var out = session.invocation().output();
    if (shortForm) {
      out.println(Version.NUMBER);
    } else if (format.equals("json")) {
      out.println("{\"version\":\"v" + Version.NUMBER + "\"}");
    } else {
      out.println("jcompose version v" + Version.NUMBER);
    }
    return 0;
  }
}
