package jcompose.cli.object;

import java.util.List;
import java.util.Map;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `prune` of images and volumes, of which those with a name stay unless all are meant.
@Command(name = "prune", sortOptions = false)
public final class PruneAllCommand extends PruneCommand {
  private final ObjectKind kind;

  @Option(
      names = {"-a", "--all"},
      description = "Remove all unused, not just those without a name")
  private boolean all;

  public PruneAllCommand(Session session, ObjectKind kind) {
    super(session, kind);
    this.kind = kind;
  }

  @Override
  protected String warning() {
    if (kind == ObjectKind.IMAGE) {
      return all
          ? "This will remove all images without at least one container associated to them."
          : "This will remove all dangling images.";
    }
    return all
        ? "This will remove all local volumes not used by at least one container."
        : "This will remove anonymous local volumes not used by at least one container.";
  }

  @Override
  protected void widen(Map<String, List<String>> given) {
    if (kind == ObjectKind.IMAGE) {
      given.putIfAbsent("dangling", List.of(Boolean.toString(!all)));
    } else if (all) {
      if (given.containsKey("all")) {
        throw new UsageError("conflicting options: cannot specify both --all and --filter all=1");
      }
      given.put("all", List.of("true"));
    }
  }
}
