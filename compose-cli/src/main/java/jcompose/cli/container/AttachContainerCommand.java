package jcompose.cli.container;

import java.util.concurrent.Callable;
import jcompose.cli.console.Attaching;
import jcompose.cli.console.DetachableInput;
import jcompose.cli.object.References;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.cli.template.Tree;
import jcompose.core.resource.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container attach`.
@Command(name = "attach", sortOptions = false)
final class AttachContainerCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--detach-keys",
      paramLabel = "string",
      description = "Override the key sequence for detaching a container")
  private String detachKeys = "";

  @Option(names = "--no-stdin", description = "Do not attach STDIN")
  private boolean noInput;

  @Option(
      names = "--sig-proxy",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Proxy all received signals to the process (default true)")
  private boolean signals = true;

  @Parameters(paramLabel = "CONTAINER")
  private String container = "";

  AttachContainerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    DetachableInput.sequence(detachKeys);
    Tree found =
        Tree.parse(session.engine().documents().inspect(ObjectKind.CONTAINER, container, false));
    Tree state = found.at("State");
    if (!state.at("Running").flag()) {
      throw new UsageError("You cannot attach to a stopped container, start it first");
    }
    if (state.at("Paused").flag()) {
      throw new UsageError("You cannot attach to a paused container, unpause it first");
    }
    if (state.at("Restarting").flag()) {
      throw new UsageError("You cannot attach to a restarting container, wait until it is running");
    }
    boolean input = !noInput && found.at("Config", "OpenStdin").flag();
    if (input && found.at("Config", "Tty").flag() && !session.invocation().terminal().input()) {
      throw new UsageError("the input device is not a TTY");
    }
    return Attaching.run(session, References.id(found), detachKeys, input, signals);
  }
}
