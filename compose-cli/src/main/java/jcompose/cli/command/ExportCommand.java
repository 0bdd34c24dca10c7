package jcompose.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.ArchiveFile;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.planning.Replica;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose export`.
@Command(
    name = "export",
    description = "Export a service container's filesystem as a tar archive",
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Index of the container if service has multiple replicas")
  private int index;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file, instead of STDOUT")
  private String output = "";

  @Parameters(index = "0", paramLabel = "SERVICE", description = "The service")
  private String service = "";

  ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    var invocation = session.invocation();
    var target = ArchiveFile.of(invocation, output, "export");
    var project = session.knownProject().project();
    Work.services(project, List.of(service));
    Replica replica = Replicas.first(session, project, service, index);
    if (session.options().dryRun()) {
      invocation.output().println("export " + replica.summary().name());
      return ExitStatus.OK;
    }
    try (InputStream tar = session.engine().files().export(replica.id())) {
      return target.write(tar);
    }
  }
}
