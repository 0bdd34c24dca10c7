package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.console.ForegroundRun;
import jcompose.cli.object.References;
import jcompose.cli.output.Failures;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.cli.template.Tree;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ObjectKind;
import jcompose.core.resource.WaitCondition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose container start`.
@Command(name = "start", sortOptions = false)
final class StartContainersCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-a", "--attach"},
      description = "Attach STDOUT/STDERR and forward signals")
  private boolean attach;

  @Option(
      names = "--detach-keys",
      paramLabel = "string",
      description = "Override the key sequence for detaching a container")
  private String detachKeys = "";

  @Option(
      names = {"-i", "--interactive"},
      description = "Attach container's STDIN")
  private boolean interactive;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*")
  private List<String> containers = new ArrayList<>();

  StartContainersCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (attach || interactive) {
      if (containers.size() > 1) {
        throw new UsageError("you cannot start and attach multiple containers at once");
      }
      return attached(containers.getFirst());
    }
    var failed = new ArrayList<String>();
    var invocation = session.invocation();
    for (String container : containers) {
      try {
        session.engine().containers().start(References.container(session, container));
        invocation.output().println(container);
      } catch (EngineException.Unavailable e) {
        throw e;
      } catch (EngineException e) {
        invocation.error().println(Failures.sentence(e));
        failed.add(container);
      }
    }
    if (failed.isEmpty()) {
      return ExitStatus.OK;
    }
    invocation.error().println("Error: failed to start containers: " + String.join(", ", failed));
    return ExitStatus.FAILED;
  }

  private int attached(String container) throws InterruptedException {
    Tree found =
        Tree.parse(session.engine().documents().inspect(ObjectKind.CONTAINER, container, false));
    var terminal = session.invocation().terminal();
    boolean lent = found.at("Config", "Tty").flag() && terminal.output();
    boolean input = interactive && found.at("Config", "OpenStdin").flag();
    boolean removed = found.at("HostConfig", "AutoRemove").flag();
    var streams =
        new ForegroundRun.Streams(
            lent && (!input || terminal.input()), input, true, true, detachKeys, true);
    return new ForegroundRun(session, References.id(found), streams)
        .run(removed ? WaitCondition.REMOVED : WaitCondition.NEXT_EXIT);
  }
}
