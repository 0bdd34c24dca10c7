package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.resource.CommitSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container commit`.
@Command(name = "commit", sortOptions = false)
final class CommitContainerCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-a", "--author"},
      paramLabel = "string",
      description = "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")")
  private @Nullable String author;

  @Option(
      names = {"-c", "--change"},
      paramLabel = "list",
      description = "Apply Dockerfile instruction to the created image")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = {"-m", "--message"},
      paramLabel = "string",
      description = "Commit message")
  private @Nullable String message;

  @Option(
      names = {"-p", "--pause"},
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Pause container during commit (default true)")
  private boolean pause = true;

  @Parameters(index = "0", paramLabel = "CONTAINER")
  private String container = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME")
  private @Nullable String name;

  CommitContainerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var spec =
        new CommitSpec(
            Optional.ofNullable(name).map(References::image),
            Optional.ofNullable(author),
            Optional.ofNullable(message),
            pause,
            changes);
    var image =
        session.engine().containers().commit(References.container(session, container), spec);
    session.invocation().output().println(image.value());
    return ExitStatus.OK;
  }
}
