package jcompose.cli.container;

import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.CommitFlags;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `jcompose container commit`.
@Command(name = "commit", sortOptions = false)
final class CommitContainerCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final CommitFlags flags = new CommitFlags();

  @Parameters(index = "0", paramLabel = "CONTAINER")
  private String container = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME")
  private @Nullable String name;

  CommitContainerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var spec = flags.spec(Optional.ofNullable(name));
    var image =
        session.engine().containers().commit(References.container(session, container), spec);
    session.invocation().output().println(image.value());
    return ExitStatus.OK;
  }
}
