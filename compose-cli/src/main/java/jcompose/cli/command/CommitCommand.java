package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.planning.Replica;
import jcompose.core.resource.CommitSpec;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose commit`.
@Command(
    name = "commit",
    description = "Create a new image from a service container's changes",
    sortOptions = false)
final class CommitCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-a", "--author"},
      paramLabel = "AUTHOR",
      description = "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")")
  private @Nullable String author;

  @Option(
      names = {"-c", "--change"},
      paramLabel = "INSTRUCTION",
      description = "Apply Dockerfile instruction to the created image")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Index of the container if service has multiple replicas")
  private int index;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "MESSAGE",
      description = "Commit message")
  private @Nullable String message;

  @Option(
      names = {"-p", "--pause"},
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Pause container during commit; default: true")
  private boolean pause = true;

  @Parameters(index = "0", paramLabel = "SERVICE", description = "The service")
  private String service = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REPOSITORY[:TAG]",
      description = "Name of the image (default: none)")
  private @Nullable String name;

  CommitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var project = session.knownProject().project();
    Work.services(project, List.of(service));
    var spec =
        new CommitSpec(
            Optional.ofNullable(name).map(CommitCommand::reference),
            Optional.ofNullable(author),
            Optional.ofNullable(message),
            pause,
            changes);
    Replica replica = Replicas.first(session, project, service, index);
    var invocation = session.invocation();
    if (session.options().dryRun()) {
      invocation.output().println("commit " + replica.summary().name());
      return ExitStatus.OK;
    }
    ImageId image = session.engine().containers().commit(replica.id(), spec);
    invocation.error().println(" " + replica.summary().name() + "  Committed as " + image.value());
    return ExitStatus.OK;
  }

  private static ImageReference reference(String name) {
    try {
      return ImageReference.parse(name);
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }
}
