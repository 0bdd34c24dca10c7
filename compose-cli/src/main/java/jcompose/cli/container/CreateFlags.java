package jcompose.cli.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.object.Pairs;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.LogConfig;
import jcompose.core.resource.ProcessSpec;
import jcompose.core.resource.RestartPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The flags of `run` and `create`: what a container is to be.
final class CreateFlags {
  @Option(names = "--name", paramLabel = "string", description = "Assign a name to the container")
  private @Nullable String name;

  @Mixin private final ProcessFlags process = new ProcessFlags();

  @Option(
      names = "--entrypoint",
      paramLabel = "string",
      description = "Overwrite the default ENTRYPOINT of the image")
  private @Nullable String entrypoint;

  @Option(
      names = {"-a", "--attach"},
      paramLabel = "list",
      description = "Attach to STDIN, STDOUT or STDERR")
  private List<String> attach = new ArrayList<>();

  @Option(names = "--rm", description = "Automatically remove the container when it exits")
  private boolean remove;

  @Option(
      names = "--restart",
      paramLabel = "string",
      defaultValue = "no",
      description = "Restart policy to apply when a container exits (default \"no\")")
  private String restart = "no";

  @Option(
      names = "--pull",
      paramLabel = "string",
      defaultValue = "missing",
      description =
          "Pull image before creating (\"always\", \"missing\", \"never\") (default \"missing\")")
  private String pull = "missing";

  @Option(
      names = "--platform",
      paramLabel = "string",
      description = "Set platform if server is multi-platform capable")
  private @Nullable String platform;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "list",
      description = "Set meta data on a container")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--label-file",
      paramLabel = "list",
      description = "Read in a line delimited file of labels")
  private List<String> labelFiles = new ArrayList<>();

  @Option(
      names = "--cidfile",
      paramLabel = "string",
      description = "Write the container ID to the file")
  private @Nullable String idFile;

  @Mixin private final NetworkFlags network = new NetworkFlags();
  @Mixin private final MountFlags mounts = new MountFlags();
  @Mixin private final IsolationFlags isolation = new IsolationFlags();
  @Mixin private final DeviceLimitFlags limits = new DeviceLimitFlags();
  @Mixin private final HealthFlags health = new HealthFlags();

  @Option(
      names = "--stop-signal",
      paramLabel = "string",
      description = "Signal to stop the container")
  private @Nullable String stopSignal;

  @Option(
      names = "--stop-timeout",
      paramLabel = "int",
      description = "Timeout (in seconds) to stop a container")
  private @Nullable Integer stopTimeout;

  @Option(
      names = "--log-driver",
      paramLabel = "string",
      description = "Logging driver for the container")
  private @Nullable String logDriver;

  @Option(names = "--log-opt", paramLabel = "list", description = "Log driver options")
  private List<String> logOptions = new ArrayList<>();

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress the pull output")
  private boolean quiet;

  @Parameters(index = "0", paramLabel = "IMAGE")
  private String image = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND")
  private List<String> command = new ArrayList<>();

  ProcessFlags process() {
    return process;
  }

  boolean removes() {
    return remove;
  }

  boolean quiet() {
    return quiet;
  }

  String image() {
    return image;
  }

  Optional<String> platform() {
    return Values.text(platform);
  }

  boolean publishAll() {
    return network.publishAll();
  }

  Optional<String> idFile() {
    return Values.text(idFile);
  }

  /// `always`, `missing` or `never`.
  String pull() {
    if (!List.of("always", "missing", "never").contains(pull)) {
      throw new UsageError(
          "invalid pull option: '"
              + pull
              + "': must be one of \"always\", \"missing\" or \"never\"");
    }
    return pull;
  }

  Optional<ContainerName> name() {
    try {
      return Values.text(name).map(ContainerName::new);
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  /// Whether streams were named.
  boolean attaches() {
    return !attach.isEmpty();
  }

  /// Streams that are connected: those asked for, else output, and with `-i` input.
  Attached attached() {
    if (attach.isEmpty()) {
      return new Attached(process.interactive(), true, true);
    }
    var words = new ArrayList<String>();
    for (String each : attach) {
      String word = each.toLowerCase(Locale.ROOT);
      if (!List.of("stdin", "stdout", "stderr").contains(word)) {
        throw new UsageError("valid streams are STDIN, STDOUT and STDERR, not \"" + each + "\"");
      }
      words.add(word);
    }
    return new Attached(
        words.contains("stdin"), words.contains("stdout"), words.contains("stderr"));
  }

  /// The caller's end of the streams.
  record Attached(boolean input, boolean output, boolean error) {}

  /// @param detached whether no one is attached
  /// @param published ports of the image that get one of the host
  /// @throws UsageError for what contradicts itself
  ContainerSpec spec(Invocation invocation, boolean detached, List<ExposedPort> published) {
    name();
    boolean input = !detached && attached().input();
    RestartPolicy policy = Values.restart(restart);
    if (remove && policy.mode() != RestartPolicy.Mode.NO) {
      throw new UsageError("Conflicting options: --restart and --rm");
    }
    Map<String, EndpointSpec> endpoints = network.endpoints();
    var spec =
        ContainerSpec.of(image)
            .process(
                new ProcessSpec(
                    Optional.ofNullable(entrypoint)
                        .map(it -> it.isEmpty() ? List.of("") : List.of(it)),
                    command.isEmpty() ? Optional.empty() : Optional.of(command),
                    process.variables(invocation),
                    process.user(),
                    process.folder(),
                    process.terminal(),
                    process.interactive(),
                    process.interactive() && input))
            .isolation(isolation.isolation(invocation, network.mode()))
            .limits(limits.limits())
            .mounts(mounts.mounts(invocation))
            .ports(network.ports(published))
            .exposedPorts(network.exposed())
            .networks(endpoints)
            .names(network.names())
            .restart(policy)
            .labels(labels(invocation))
            .removeWhenExited(remove);
    health.check().ifPresent(spec::healthCheck);
    if (logDriver != null || !logOptions.isEmpty()) {
      spec.logging(
          new LogConfig(logDriver == null ? "" : logDriver, Values.pairs("--log-opt", logOptions)));
    }
    Values.text(stopSignal).ifPresent(spec::stopSignal);
    Optional.ofNullable(stopTimeout).ifPresent(spec::stopTimeoutSeconds);
    platform().ifPresent(spec::platform);
    return spec.build();
  }

  private Map<String, String> labels(Invocation invocation) {
    var all = new LinkedHashMap<String, String>();
    for (String name : new LinkedHashSet<>(labelFiles)) {
      Path file = GlobalOptions.resolve(invocation, name);
      try {
        all.putAll(
            Pairs.of(
                Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(it -> !it.isEmpty() && !it.startsWith("#"))
                    .toList()));
      } catch (IOException e) {
        throw new UsageError("cannot read " + file + ": " + e.getMessage());
      }
    }
    all.putAll(Pairs.of(labels));
    return all;
  }
}
