package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.object.Each;
import jcompose.cli.object.References;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.RestartPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container update`.
@Command(name = "update", sortOptions = false)
final class UpdateCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final LimitFlags flags = new LimitFlags();

  @Option(
      names = "--restart",
      paramLabel = "string",
      description = "Restart policy to apply when a container exits")
  private @Nullable String restart;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*")
  private List<String> containers = new ArrayList<>();

  UpdateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ResourceLimits limits = flags.limits();
    Optional<RestartPolicy> policy = Optional.ofNullable(restart).map(Values::restart);
    if (limits.equals(ResourceLimits.NONE) && policy.isEmpty()) {
      throw new UsageError("you must provide one or more flags when using this command");
    }
    var warnings = new ArrayList<String>();
    int status =
        Each.inTurn(
            session,
            containers,
            it -> {
              var id = References.container(session, it);
              warnings.addAll(session.engine().containers().update(id, limits, policy));
              return it;
            });
    warnings.forEach(session.invocation().output()::println);
    return status;
  }
}
