package jcompose.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
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
    if (output.isEmpty() && invocation.terminal().output()) {
      throw new UsageError("output option is required when exporting to terminal");
    }
    var project = session.knownProject().project();
    Work.services(project, List.of(service));
    Replica replica = Replicas.first(session, project, service, index);
    if (session.options().dryRun()) {
      invocation.output().println("export " + replica.summary().name());
      return ExitStatus.OK;
    }
    try (InputStream tar = session.engine().files().export(replica.id())) {
      if (output.isEmpty()) {
        tar.transferTo(invocation.output());
        invocation.output().flush();
      } else {
        save(tar, GlobalOptions.resolve(invocation, output));
      }
    }
    return ExitStatus.OK;
  }

  /// Half a file is not left under the name that was asked for.
  private static void save(InputStream tar, Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageError("invalid output path: directory \"" + folder + "\" does not exist");
    }
    Path part = Files.createTempFile(folder, ".export", ".tar");
    try {
      Files.copy(tar, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
