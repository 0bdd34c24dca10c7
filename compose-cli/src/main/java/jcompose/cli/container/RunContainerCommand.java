package jcompose.cli.container;

import java.util.concurrent.Callable;
import jcompose.cli.console.ForegroundRun;
import jcompose.cli.output.Failures;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.WaitCondition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `jcompose container run`. Its exit code is the program's, or tells why there was none, as
/// docker's: 125 for the engine, 126 for a program that cannot be run, 127 for one that is not
/// there.
@Command(name = "run", sortOptions = false)
final class RunContainerCommand implements Callable<Integer> {
  private static final int NOT_CREATED = 125;
  private static final int NOT_RUNNABLE = 126;
  private static final int NOT_THERE = 127;

  private final Session session;

  @Mixin private final CreateFlags flags = new CreateFlags();

  @Option(
      names = {"-d", "--detach"},
      description = "Run container in background and print container ID")
  private boolean detach;

  @Option(
      names = "--detach-keys",
      paramLabel = "string",
      description = "Override the key sequence for detaching a container")
  private String detachKeys = "";

  @Option(
      names = "--sig-proxy",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Proxy received signals to the process (default true)")
  private boolean signals = true;

  RunContainerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    var terminal = session.invocation().terminal();
    CreateFlags.Attached attached;
    ContainerId id;
    try {
      attached = flags.attached();
      if (detach && flags.attaches()) {
        session.invocation().error().println("Conflicting options: -a and -d");
        return ExitStatus.FAILED;
      }
      if (!detach && flags.process().terminal() && attached.input() && !terminal.input()) {
        session.invocation().error().println("the input device is not a TTY");
        return ExitStatus.FAILED;
      }
      id = new Creation(session, flags).create(detach);
    } catch (EngineException e) {
      return notCreated(Failures.sentence(e));
    } catch (UsageError e) {
      return notCreated(String.valueOf(e.getMessage()));
    }
    try {
      if (detach) {
        session.engine().containers().start(id);
        session.invocation().output().println(id);
        return ExitStatus.OK;
      }
      boolean lent = flags.process().terminal() && terminal.output() && attached.output();
      var streams =
          new ForegroundRun.Streams(
              lent, attached.input(), attached.output(), attached.error(), detachKeys, signals);
      return new ForegroundRun(session, id, streams)
          .run(flags.removes() ? WaitCondition.REMOVED : WaitCondition.NEXT_EXIT);
    } catch (EngineException e) {
      session.invocation().error().println("jcompose: " + Failures.sentence(e) + ".");
      return notStarted(e.getMessage());
    }
  }

  /// The reason is in the words alone.
  private static int notStarted(String why) {
    if (why.contains("executable file not found") || why.contains("no such file or directory")) {
      return NOT_THERE;
    }
    return why.contains("permission denied") || why.contains("is a directory")
        ? NOT_RUNNABLE
        : NOT_CREATED;
  }

  private int notCreated(String why) {
    session.invocation().error().println("jcompose: " + why + ".");
    session.invocation().error().println("See 'jcompose container run --help'.");
    return NOT_CREATED;
  }
}
