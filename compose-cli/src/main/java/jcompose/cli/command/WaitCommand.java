package jcompose.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import jcompose.cli.settings.Session;
import jcompose.core.observation.Observer;
import jcompose.core.planning.DownPlanner;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ExitCode;
import jcompose.core.usecase.Down;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose wait`.
@Command(
    name = "wait",
    description = "Block until containers of all (or specified) services stop.",
    sortOptions = false)
final class WaitCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--down-project", description = "Drops project when the first container stops")
  private boolean down;

  @Parameters(paramLabel = "SERVICE", arity = "1..*", description = "Services to wait for")
  private List<String> services = new ArrayList<>();

  private record Ended(Replica replica, ExitCode code) {}

  WaitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    var known = session.knownProject();
    var project = known.project();
    var names = Work.services(project, services);
    var containers = session.engine().containers();
    BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    int open = 0;
    for (Replica replica : new Observer(session.engine()).containers(project.name()).replicas()) {
      if (!replica.oneOff() && names.contains(replica.service())) {
        open++;
        Thread.ofVirtual()
            .start(() -> ended.add(new Ended(replica, containers.waitForExit(replica.id()))));
      }
    }
    ReconcileOptions.refuse(open == 0, "no containers for project \"" + project.name() + "\"");
    int code = 0;
    for (; open > 0; open--) {
      Ended it = ended.take();
      code = it.code().value();
      session
          .invocation()
          .output()
          .println("container " + it.replica().summary().name() + " exited with code " + code);
      if (down) {
        break;
      }
    }
    if (down) {
      var options =
          new DownPlanner.Options(
              Set.of(), known.fromLabels(), true, false, DownPlanner.Images.NONE, Optional.empty());
      Work.run(session, false, bench -> new Down(bench).run(project, options));
    }
    return code;
  }
}
