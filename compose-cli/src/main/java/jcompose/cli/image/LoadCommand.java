package jcompose.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import jcompose.cli.object.InputFile;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.engine.TransferListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jcompose image load`.
@Command(name = "load", sortOptions = false)
final class LoadCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "string",
      description = "Read from tar archive file, instead of STDIN")
  private @Nullable String file;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress the load output")
  private boolean quiet;

  LoadCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    var invocation = session.invocation();
    if (file == null && invocation.terminal().input()) {
      throw new UsageError("requested load from stdin, but stdin is empty");
    }
    TransferListener shown = Transfers.shown(session, false);
    try (InputStream archive =
        file == null ? invocation.input() : InputFile.open(invocation, file)) {
      TransferListener told =
          (part, message, current, total) -> {
            if (!quiet || part.isEmpty()) { // which names were loaded is always told
              shown.progress(part, message, current, total);
            }
          };
      return Transfers.run(session, () -> session.engine().images().load(archive, told));
    }
  }
}
