package jcompose.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.CommitFlags;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ImageId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose commit`.
@Command(
    name = "commit",
    description = "Create a new image from a service container's changes",
    sortOptions = false)
final class CommitCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final CommitFlags flags = new CommitFlags();

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Index of the container if service has multiple replicas")
  private int index;

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
    var spec = flags.spec(Optional.ofNullable(name));
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
}
