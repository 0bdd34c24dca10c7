package jcompose.cli.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import jcompose.cli.object.ArchiveFile;
import jcompose.cli.object.References;
import jcompose.cli.settings.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container export`.
@Command(name = "export", sortOptions = false)
final class ExportContainerCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "string",
      description = "Write to a file, instead of STDOUT")
  private @Nullable String file;

  @Parameters(paramLabel = "CONTAINER")
  private String container = "";

  ExportContainerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    var target = ArchiveFile.of(session.invocation(), file, "export");
    var id = References.container(session, container);
    try (InputStream archive = session.engine().files().export(id)) {
      return target.write(archive);
    }
  }
}
