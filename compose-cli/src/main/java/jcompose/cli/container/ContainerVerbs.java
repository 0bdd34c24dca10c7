package jcompose.cli.container;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.object.PruneCommand;
import jcompose.cli.settings.Session;
import jcompose.cli.verb.Verbs;
import jcompose.core.resource.ObjectKind;

/// The verbs of `jcompose container`.
public final class ContainerVerbs {
  private static final String LIST =
      """
      attach :: [OPTIONS] CONTAINER :: Attach local standard input, output, and error streams to a running container
      commit :: [OPTIONS] CONTAINER [REPOSITORY[:TAG]] :: Create a new image from a container's changes
      cp :: [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|- :: Copy files/folders between a container and the local filesystem
      create :: [OPTIONS] IMAGE [COMMAND] [ARG...] :: Create a new container
      diff :: CONTAINER :: Inspect changes to files or directories on a container's filesystem
      exec :: [OPTIONS] CONTAINER COMMAND [ARG...] :: Execute a command in a running container
      export :: [OPTIONS] CONTAINER :: Export a container's filesystem as a tar archive
      inspect :: [OPTIONS] CONTAINER [CONTAINER...] :: Display detailed information on one or more containers
      kill :: [OPTIONS] CONTAINER [CONTAINER...] :: Kill one or more running containers
      logs :: [OPTIONS] CONTAINER :: Fetch the logs of a container
      ls :: [OPTIONS] :: List containers
      pause :: CONTAINER [CONTAINER...] :: Pause all processes within one or more containers
      port :: CONTAINER [PRIVATE_PORT[/PROTO]] :: List port mappings or a specific mapping for the container
      prune :: [OPTIONS] :: Remove all stopped containers
      rename :: CONTAINER NEW_NAME :: Rename a container
      restart :: [OPTIONS] CONTAINER [CONTAINER...] :: Restart one or more containers
      rm :: [OPTIONS] CONTAINER [CONTAINER...] :: Remove one or more containers
      run :: [OPTIONS] IMAGE [COMMAND] [ARG...] :: Create and run a new container from an image
      start :: [OPTIONS] CONTAINER [CONTAINER...] :: Start one or more stopped containers
      stats :: [OPTIONS] [CONTAINER...] :: Display a live stream of container(s) resource usage statistics
      stop :: [OPTIONS] CONTAINER [CONTAINER...] :: Stop one or more running containers
      top :: CONTAINER [ps OPTIONS] :: Display the running processes of a container
      unpause :: CONTAINER [CONTAINER...] :: Unpause all processes within one or more containers
      update :: [OPTIONS] CONTAINER [CONTAINER...] :: Update configuration of one or more containers
      wait :: CONTAINER [CONTAINER...] :: Block until one or more containers stop, then print their exit codes
      """;

  public static final Verbs ALL =
      new Verbs(
          LIST,
          Map.of("list", "ls", "ps", "ls", "remove", "rm"),
          Set.of("create", "exec", "run", "top"),
          ContainerVerbs::create);

  private ContainerVerbs() {}

  private static Callable<Integer> create(String verb, Session session) {
    return switch (verb) {
      case "attach" -> new AttachContainerCommand(session);
      case "commit" -> new CommitContainerCommand(session);
      case "cp" -> new CopyCommand(session);
      case "create" -> new CreateContainerCommand(session);
      case "diff" -> new DiffCommand(session);
      case "exec" -> new ExecContainerCommand(session);
      case "export" -> new ExportContainerCommand(session);
      case "inspect" -> new InspectContainersCommand(session);
      case "kill" -> new KillContainersCommand(session);
      case "logs" -> new ContainerLogsCommand(session);
      case "ls" -> new ListContainersCommand(session);
      case "pause" -> new PauseContainersCommand(session, true);
      case "port" -> new ContainerPortCommand(session);
      case "prune" -> new PruneCommand(session, ObjectKind.CONTAINER);
      case "rename" -> new RenameCommand(session);
      case "restart" -> new StopContainersCommand(session, true);
      case "rm" -> new RemoveContainersCommand(session);
      case "run" -> new RunContainerCommand(session);
      case "start" -> new StartContainersCommand(session);
      case "stats" -> new ContainerStatsCommand(session);
      case "stop" -> new StopContainersCommand(session, false);
      case "top" -> new ContainerTopCommand(session);
      case "unpause" -> new PauseContainersCommand(session, false);
      case "update" -> new UpdateCommand(session);
      case "wait" -> new WaitForContainersCommand(session);
      default -> throw new IllegalArgumentException("no such verb: " + verb);
    };
  }
}
