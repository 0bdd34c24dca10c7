package jcompose.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.InputFile;
import jcompose.cli.object.References;
import jcompose.cli.settings.Session;
import jcompose.core.resource.ImportSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose image import`.
@Command(name = "import", sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-c", "--change"},
      paramLabel = "list",
      description = "Apply Dockerfile instruction to the created image")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = {"-m", "--message"},
      paramLabel = "string",
      description = "Set commit message for imported image")
  private @Nullable String message;

  @Option(
      names = "--platform",
      paramLabel = "string",
      description = "Set platform if server is multi-platform capable")
  private @Nullable String platform;

  @Parameters(index = "0", paramLabel = "SOURCE")
  private String source = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME")
  private @Nullable String name;

  ImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    boolean remote = source.startsWith("http://") || source.startsWith("https://");
    var spec =
        new ImportSpec(
            remote ? Optional.of(source) : Optional.empty(),
            Optional.ofNullable(name).map(References::image),
            Optional.ofNullable(message),
            changes,
            Optional.ofNullable(platform));
    try (InputStream tar = remote ? InputStream.nullInputStream() : tar()) {
      var shown = Transfers.shown(session, false); // the last line is the image's id
      return Transfers.run(session, () -> session.engine().images().importRoot(spec, tar, shown));
    }
  }

  private InputStream tar() {
    return source.equals("-")
        ? session.invocation().input()
        : InputFile.open(session.invocation(), source);
  }
}
