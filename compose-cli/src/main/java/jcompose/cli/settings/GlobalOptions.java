package jcompose.cli.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options before the verb. Each getter answers for the option, then for the environment
/// variable that stands for it, then with the default.
@Command(
    name = "jcompose",
    description = "Define and run multi-container applications.",
    customSynopsis = "jcompose [OPTIONS] COMMAND",
    sortOptions = false)
public final class GlobalOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Compose configuration file; may be given several times, - is standard input")
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-p", "--project-name"},
      paramLabel = "NAME",
      description = "Project name")
  private @Nullable String projectName;

  @Option(
      names = "--project-directory",
      paramLabel = "FOLDER",
      description = "Base of relative paths (default: the folder of the first file)")
  private @Nullable String projectDirectory;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "Environment file used instead of .env; may be given several times")
  private List<String> environmentFiles = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Enables a profile; may be given several times, * is all")
  private List<String> profiles = new ArrayList<>();

  @Option(names = "--workdir", hidden = true, description = "Old name of --project-directory")
  private @Nullable String oldProjectDirectory;

  @Option(
      names = "--all-resources",
      description = "Keep networks, volumes, secrets and configs that no service uses (config)")
  private boolean allResources;

  @Option(
      names = "--compatibility",
      description = "Join the parts of names with _, as docker-compose of old did")
  private boolean compatibility;

  @Option(names = "--no-ansi", hidden = true, description = "Old form of --ansi never")
  private boolean noAnsi;

  @Option(
      names = {"-H", "--host"},
      paramLabel = "URL",
      description = "Docker daemon to use, such as unix:///var/run/docker.sock or tcp://host:2376")
  private @Nullable String host;

  @Option(
      names = "--engine",
      paramLabel = "KIND",
      description = "Engine to use: bundled or docker (default: docker with -H or DOCKER_HOST)")
  private @Nullable String engine;

  @Option(
      names = "--ansi",
      paramLabel = "WHEN",
      description = "When to print ANSI control characters: never, always or auto")
  private @Nullable String ansi;

  @Option(
      names = "--progress",
      paramLabel = "STYLE",
      description = "Style of progress: auto, tty, plain or quiet")
  private @Nullable String progress;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Most engine calls at a time, -1 for no limit (default: -1)")
  private @Nullable Integer parallel;

  @Option(
      names = "--dry-run",
      scope = ScopeType.INHERIT,
      description = "Shows what would be done, and why, and does nothing")
  private boolean dryRun;

  @Option(
      names = {"-v", "--version"},
      description = "Shows the version")
  private boolean version;

  /// As written, in order; empty when none was given.
  public List<String> files() {
    return List.copyOf(files);
  }

  /// `-p` alone; COMPOSE_PROJECT_NAME is for the loader, which knows .env too.
  public Optional<String> projectName() {
    return Optional.ofNullable(projectName);
  }

  public Optional<String> projectDirectory() {
    if (projectDirectory != null && oldProjectDirectory != null) {
      throw new UsageError("cannot specify --workdir and --project-directory: they mean the same");
    }
    return Optional.ofNullable(projectDirectory != null ? projectDirectory : oldProjectDirectory);
  }

  public boolean allResources() {
    return allResources;
  }

  /// What a project is loaded with: the process environment, and what options say in its place.
  public Map<String, String> loadingEnvironment(Map<String, String> environment) {
    if (!compatibility) {
      return environment;
    }
    var changed = new HashMap<>(environment);
    changed.put("COMPOSE_COMPATIBILITY", "true");
    return changed;
  }

  public List<String> environmentFiles() {
    return List.copyOf(environmentFiles);
  }

  public List<String> profiles() {
    return List.copyOf(profiles);
  }

  public boolean dryRun() {
    return dryRun;
  }

  public boolean version() {
    return version;
  }

  /// The engine's address: `-H`, or DOCKER_HOST unless the bundled engine was asked for by name.
  public Optional<String> host(Map<String, String> environment) {
    if (host != null) {
      return Optional.of(host);
    }
    if ("bundled".equals(engine)) {
      return Optional.empty();
    }
    return Optional.ofNullable(environment.get("DOCKER_HOST")).filter(it -> !it.isEmpty());
  }

  /// `bundled` or `docker`.
  ///
  /// @throws UsageError for another word
  public String engineKind(Map<String, String> environment) {
    if (engine != null) {
      return oneOf("--engine", engine, List.of("bundled", "docker"));
    }
    return host(environment).isPresent() ? "docker" : "bundled";
  }

  /// Whether control characters may go to a stream.
  ///
  /// @param terminal whether that stream is a terminal
  public boolean ansi(Map<String, String> environment, boolean terminal) {
    if (noAnsi && ansi != null) {
      throw new UsageError("cannot specify --no-ansi and --ansi: --no-ansi is --ansi never");
    }
    String given = noAnsi ? "never" : ansi;
    String when = given != null ? given : environment.getOrDefault("COMPOSE_ANSI", "auto");
    return switch (oneOf("--ansi", when, List.of("never", "always", "auto"))) {
      case "never" -> false;
      case "always" -> true;
      default -> terminal && !"dumb".equals(environment.get("TERM"));
    };
  }

  /// Whether colours may go to a stream: as [#ansi], and NO_COLOR is not set.
  public boolean colour(Map<String, String> environment, boolean terminal) {
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return ansi(environment, terminal) && (!refused || "always".equals(ansi));
  }

  /// How progress is shown on standard error.
  public ProgressStyle progress(Map<String, String> environment, boolean terminal) {
    String style =
        progress != null ? progress : environment.getOrDefault("COMPOSE_PROGRESS", "auto");
    return switch (oneOf("--progress", style, List.of("auto", "tty", "plain", "quiet"))) {
      case "tty" -> {
        if ("never".equals(ansi)) {
          throw new UsageError("can't use --progress tty while ANSI support is disabled");
        }
        yield ProgressStyle.TTY;
      }
      case "plain" -> ProgressStyle.PLAIN;
      case "quiet" -> ProgressStyle.QUIET;
      default -> ansi(environment, terminal) ? ProgressStyle.TTY : ProgressStyle.PLAIN;
    };
  }

  /// Most engine calls at a time; `Integer.MAX_VALUE` for no limit.
  public int parallel(Map<String, String> environment) {
    int limit;
    if (parallel != null) {
      limit = parallel;
    } else {
      String text = environment.getOrDefault("COMPOSE_PARALLEL_LIMIT", "-1");
      try {
        limit = Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw new UsageError("COMPOSE_PARALLEL_LIMIT must be an integer (found: \"" + text + "\")");
      }
    }
    return limit > 0 ? limit : Integer.MAX_VALUE;
  }

  /// A path as the caller wrote it, made absolute.
  public static Path resolve(Invocation invocation, String path) {
    return invocation.folder().resolve(path).normalize();
  }

  /// How progress is shown.
  public enum ProgressStyle {
    TTY,
    PLAIN,
    QUIET
  }

  private static String oneOf(String option, String word, List<String> words) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (words.contains(lower)) {
      return lower;
    }
    throw new UsageError(
        "unsupported " + option + " value \"" + word + "\": use " + String.join(", ", words));
  }
}
