package jcompose.cli.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import jcompose.cli.object.Pairs;
import jcompose.cli.object.Quantities;
import jcompose.cli.object.References;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.BuildSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose image build`, by the engine's own builder.
@Command(name = "build", sortOptions = false)
final class BuildImageCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--add-host",
      paramLabel = "list",
      description = "Add a custom host-to-IP mapping (\"host:ip\")")
  private List<String> hosts = new ArrayList<>();

  @Option(names = "--build-arg", paramLabel = "list", description = "Set build-time variables")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--cache-from",
      paramLabel = "strings",
      split = ",",
      description = "Images to consider as cache sources")
  private List<String> cacheFrom = new ArrayList<>();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "string",
      description = "Name of the Dockerfile (Default is \"PATH/Dockerfile\")")
  private @Nullable String dockerfile;

  @Option(
      names = "--iidfile",
      paramLabel = "string",
      description = "Write the image ID to the file")
  private @Nullable String idFile;

  @Option(names = "--label", paramLabel = "list", description = "Set metadata for an image")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "string",
      description = "Set the networking mode for the RUN instructions during build")
  private @Nullable String network;

  @Option(names = "--no-cache", description = "Do not use cache when building the image")
  private boolean noCache;

  @Option(
      names = "--platform",
      paramLabel = "string",
      description = "Set platform if server is multi-platform capable")
  private @Nullable String platform;

  @Option(names = "--pull", description = "Always attempt to pull a newer version of the image")
  private boolean pull;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress the build output and print image ID on success")
  private boolean quiet;

  @Option(names = "--shm-size", paramLabel = "bytes", description = "Size of \"/dev/shm\"")
  private @Nullable String sharedMemory;

  @Option(
      names = {"-t", "--tag"},
      paramLabel = "list",
      description = "Name and optionally a tag in the \"name:tag\" format")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--target",
      paramLabel = "string",
      description = "Set the target build stage to build.")
  private @Nullable String target;

  @Parameters(paramLabel = "PATH")
  private String path = "";

  BuildImageCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    tags.forEach(References::image);
    var invocation = session.invocation();
    boolean alone = path.equals("-"); // a Dockerfile that copies nothing
    Optional<String> text =
        alone || "-".equals(dockerfile)
            ? Optional.of(new String(invocation.input().readAllBytes(), StandardCharsets.UTF_8))
            : Optional.empty();
    Path context = alone ? Files.createTempDirectory("jcompose-build") : folder();
    try {
      return build(spec(context, text));
    } finally {
      if (alone) {
        Files.delete(context);
      }
    }
  }

  private Path folder() {
    if (path.contains("://") || path.startsWith("git@")) {
      throw new UsageError(
          "\"" + path + "\": contexts from URLs are not supported; fetch it and name the folder");
    }
    Path folder = GlobalOptions.resolve(session.invocation(), path);
    if (!Files.isDirectory(folder)) {
      throw new UsageError("unable to prepare context: path \"" + path + "\" not found");
    }
    return folder;
  }

  private BuildSpec spec(Path context, Optional<String> text) {
    return new BuildSpec(
        context,
        dockerfile == null || dockerfile.equals("-")
            ? "Dockerfile"
            : GlobalOptions.resolve(session.invocation(), dockerfile).toString(),
        text,
        tags,
        buildArguments(),
        Optional.ofNullable(target),
        Pairs.of(labels),
        noCache,
        pull,
        Optional.ofNullable(network),
        hosts,
        cacheFrom,
        Optional.ofNullable(sharedMemory).map(it -> Quantities.bytes("--shm-size", it)),
        Optional.ofNullable(platform));
  }

  /// A name alone takes its value from the environment; where that has none it is not set.
  private Map<String, String> buildArguments() {
    var environment = session.invocation().environment();
    var all = new LinkedHashMap<String, String>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String value = equals < 0 ? environment.get(argument) : argument.substring(equals + 1);
      if (value != null) {
        all.put(equals < 0 ? argument : argument.substring(0, equals), value);
      }
    }
    return all;
  }

  private int build(BuildSpec spec) throws IOException {
    var built = new AtomicReference<String>("");
    TransferListener shown = Transfers.shown(session, quiet);
    int status =
        Transfers.run(
            session, () -> built.set(session.engine().images().build(spec, shown).value()));
    if (status == ExitStatus.OK && quiet) {
      session.invocation().output().println(built.get());
    }
    if (status == ExitStatus.OK && idFile != null) {
      Files.writeString(GlobalOptions.resolve(session.invocation(), idFile), built.get());
    }
    return status;
  }
}
