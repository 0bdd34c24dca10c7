package jcompose.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.object.ArchiveFile;
import jcompose.cli.settings.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose image save`.
@Command(name = "save", sortOptions = false)
final class SaveCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "string",
      description = "Write to a file, instead of STDOUT")
  private @Nullable String file;

  @Parameters(paramLabel = "IMAGE", arity = "1..*")
  private List<String> images = new ArrayList<>();

  SaveCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    var target = ArchiveFile.of(session.invocation(), file, "save");
    try (InputStream archive = session.engine().images().save(images)) {
      return target.write(archive);
    }
  }
}
