package jcompose.cli.command;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.container.ContainerVerbs;
import jcompose.cli.image.ImageVerbs;
import jcompose.cli.network.NetworkVerbs;
import jcompose.cli.settings.Session;
import jcompose.cli.verb.VerbGroup;
import jcompose.cli.verb.Verbs;
import jcompose.cli.volume.VolumeVerbs;

/// Every verb of the first level.
final class Commands {
  private Commands() {}

  private static Callable<Integer> create(String verb, Session session) {
    return switch (verb) {
      case "build" -> new BuildCommand(session);
      case "create" -> new CreateCommand(session);
      case "down" -> new DownCommand(session);
      case "engine" -> new EngineCommand(session);
      case "exec" -> new ExecCommand(session);
      case "explain" -> new ExplainCommand(session);
      case "graph" -> new GraphCommand(session);
      case "images" -> new ImagesCommand(session);
      case "kill" -> new KillCommand(session);
      case "logs" -> new LogsCommand(session);
      case "ls" -> new LsCommand(session);
      case "pause" -> new PauseCommand(session);
      case "port" -> new PortCommand(session);
      case "ps" -> new PsCommand(session);
      case "pull" -> new PullCommand(session);
      case "restart" -> new RestartCommand(session);
      case "rm" -> new RmCommand(session);
      case "run" -> new RunCommand(session);
      case "scale" -> new ScaleCommand(session);
      case "start" -> new StartCommand(session);
      case "stop" -> new StopCommand(session);
      case "unpause" -> new UnpauseCommand(session);
      case "up" -> new UpCommand(session);
      case "config" -> new ConfigCommand(session);
      case "version" -> new VersionCommand(session);
      case "wait" -> new WaitCommand(session);
      case "attach" -> new AttachCommand(session);
      case "commit" -> new CommitCommand(session);
      case "cp" -> new CpCommand(session);
      case "events" -> new EventsCommand(session);
      case "export" -> new ExportCommand(session);
      case "stats" -> new StatsCommand(session);
      case "top" -> new TopCommand(session);
      case "volumes" -> new VolumesCommand(session);
      case "push" -> new PushCommand(session);
      case "watch" -> new WatchCommand(session);
      case "completion" -> new CompletionCommand(session);
      case "container" -> new VerbGroup(ContainerVerbs.ALL);
      case "image" -> new VerbGroup(ImageVerbs.ALL);
      case "network" -> new VerbGroup(NetworkVerbs.ALL);
      case "volume" -> new VerbGroup(VolumeVerbs.ALL);
      default -> throw new IllegalArgumentException("no such verb: " + verb);
    };
  }

  private static final String LIST =
      """
      attach    Attach local standard input, output, and error streams to a service's running container
      build     Build or rebuild services
      commit    Create a new image from a service container's changes
      config    Check the compose files and show what they mean
      cp        Copy files/folders between a service container and the local filesystem
      create    Creates containers for a service
      down      Stop and remove containers, networks
      engine    Start, stop or look at the daemon of the bundled engine
      events    Receive real time events from containers
      exec      Execute a command in a running container
      explain   Tell where each value of the project comes from
      export    Export a service container's filesystem as a tar archive
      graph     Draw the services, what each waits for, and what they share
      images    List images used by the created containers
      kill      Force stop service containers
      logs      View output from containers
      ls        List running compose projects
      pause     Pause services
      port      Print the public port for a port binding
      ps        List containers
      pull      Pull service images
      push      Push service images
      restart   Restart service containers
      rm        Removes stopped service containers
      run       Run a one-off command on a service
      scale     Scale services
      start     Start services
      stats     Display a live stream of container(s) resource usage statistics
      stop      Stop services
      top       Display the running processes
      unpause   Unpause services
      up        Create and start containers
      version   Show the version of jcompose
      volumes   List volumes
      wait      Block until containers of all (or specified) services stop
      watch     Watch build context for service and rebuild/refresh containers when files are updated
      container Manage containers
      image     Manage images
      network   Manage networks
      volume    Manage volumes
      completion Print a script that completes commands, options and services in a shell
      """;

  static final Verbs ALL =
      new Verbs(
          LIST,
          Map.of("convert", "config"), // the old name, which no help shows
          Set.of("exec", "run"),
          Commands::create);
}
