package jcompose.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;

/// Every verb with its line of help. The classes behind them are loaded only when one is called:
/// loading classes is what a short command spends its time on.
final class Commands {
  private Commands() {}

  /// The command behind a verb, or empty for a word that is none.
  static Optional<Callable<Integer>> create(String verb, Session session) {
    return Optional.ofNullable(
        switch (verb) {
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
          case "config", "convert" -> new ConfigCommand(session);
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
          default -> null;
        });
  }

  /// Verbs and what they do, in the order of the help text.
  static SequencedMap<String, String> summaries() {
    var all = new LinkedHashMap<String, String>();
    for (String line : LIST.lines().toList()) {
      int blank = line.indexOf(' ');
      all.put(line.substring(0, blank), line.substring(blank).strip());
    }
    return all;
  }

  /// Whether what follows the service is a command for the container, with options of its own.
  static boolean endsInACommand(String verb) {
    return verb.equals("exec") || verb.equals("run");
  }

  static boolean isVerb(String word) {
    return LIST.startsWith(word + " ")
        || LIST.contains("\n" + word + " ")
        || word.equals("convert"); // the old name of config, which no help shows
  }

  /// The verb most like a mistyped one, when one is close enough.
  static Optional<String> nearest(String word) {
    return summaries().keySet().stream()
        .map(it -> Map.entry(it, distance(word, it)))
        .filter(it -> it.getValue() <= Math.max(1, it.getKey().length() / 3))
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  /// Number of characters to insert, drop, replace or swap with a neighbour.
  static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + replaced);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[left.length()][right.length()];
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
      completion Print a script that completes commands, options and services in a shell
      """;
}
