package jcompose.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import jcompose.cli.console.ForegroundRun;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.conversion.Names;
import jcompose.core.conversion.OneOff;
import jcompose.core.interpolation.EnvFile;
import jcompose.core.interpolation.Variables;
import jcompose.core.loading.LoadRequest;
import jcompose.core.loading.ShellWords;
import jcompose.core.model.Project;
import jcompose.core.planning.ImagePlanner;
import jcompose.core.planning.Services;
import jcompose.core.planning.UpOptions;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.WaitCondition;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.usecase.Up;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose run`.
@Command(name = "run", description = "Run a one-off command on a service", sortOptions = false)
final class RunCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ProgramOptions program = new ProgramOptions();

  @Option(names = "--build", description = "Build image before starting container")
  private boolean build;

  @Option(
      names = "--entrypoint",
      paramLabel = "WORDS",
      description = "Override the entrypoint of the image")
  private @Nullable String entrypoint;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY=VALUE",
      description = "Add or override a label")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "Assign a name to the container")
  private @Nullable String name;

  @Option(names = "--no-deps", description = "Don't start linked services")
  private boolean noDependencies;

  @Option(names = "--quiet-pull", description = "Pull without printing progress information")
  private boolean quietPull;

  @Option(
      names = "--remove-orphans",
      description = "Remove containers for services not defined in the Compose file")
  private boolean removeOrphans;

  @Option(names = "--rm", description = "Automatically remove the container when it exits")
  private boolean remove;

  @Option(
      names = "--env-from-file",
      paramLabel = "FILE",
      description = "Set environment variables from file")
  private List<String> environmentFiles = new ArrayList<>();

  @Option(
      names = "--pull",
      paramLabel = "POLICY",
      description = "Pull image before running: always, missing or never")
  private @Nullable String pull;

  @Option(
      names = {"-q", "--quiet"},
      description = "Don't print anything to STDOUT but what the command prints")
  private boolean quiet;

  @Mixin private final RunOverlay overlay = new RunOverlay();

  @Option(
      names = {"-P", "--service-ports"},
      description = "Run command with all service's ports enabled and mapped to the host")
  private boolean servicePorts;

  @Option(
      names = "--use-aliases",
      description = "Use the service's network aliases in the networks the container connects to")
  private boolean useAliases;

  @Parameters(index = "0", paramLabel = "SERVICE", description = "The service")
  private String service = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Its words (default: the service's own command)")
  private List<String> command = new ArrayList<>();

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    ReconcileOptions.refuse(
        servicePorts && overlay.publishes(), "--service-ports and --publish are incompatible");
    Project project = Services.select(load(), List.of(service), noDependencies);
    Work.warn(session, project);
    boolean terminal = program.terminal(session.invocation());
    OneOff oneOff = oneOff(project, terminal);
    var images =
        new ImagePlanner.Options(
            build ? ImagePlanner.Building.ALWAYS : ImagePlanner.Building.WHEN_MISSING,
            Optional.ofNullable(pull).map(ReconcileOptions::policy),
            false,
            false);
    var request = new Up.Request(project, images, UpOptions.run(oneOff, removeOrphans));
    if (session.options().dryRun()) {
      return Work.show(session, new Up(session.workbench(_ -> {})).plan(request));
    }
    int status = bringUp(request);
    if (status != ExitStatus.OK) {
      return status;
    }
    ContainerId id = created(project, oneOff.name());
    if (program.detach()) {
      session.engine().containers().start(id);
      session.invocation().output().println(id.value());
      return ExitStatus.OK;
    }
    var foreground =
        new ForegroundRun(session, id, ForegroundRun.Streams.of(terminal, program.input()));
    return remove ? foreground.runAndRemove() : foreground.run(WaitCondition.NEXT_EXIT);
  }

  private int bringUp(Up.Request request) {
    if (!quiet) {
      return Work.bringUp(session, request, quietPull);
    }
    try (var _ = session.lock(request.project())) {
      return Work.run(session, true, bench -> new Up(bench).run(request));
    }
  }

  private Project load() {
    LoadRequest request = session.loadRequest();
    return session.project(
        overlay
            .file(service, session.invocation().folder())
            .map(it -> request.withOptions(request.options().withOverlay(it)))
            .orElse(request));
  }

  /// Variables of files, and over them those of flags.
  private List<String> variables() {
    var environment = session.invocation().environment();
    var all = new ArrayList<String>();
    for (String name : environmentFiles) {
      Path file = GlobalOptions.resolve(session.invocation(), name);
      try {
        EnvFile read =
            EnvFile.parse(
                new SourceFile(name, Files.readString(file)),
                it ->
                    Optional.ofNullable(environment.get(it))
                        .map(value -> new Variables.Variable(value, "the environment")));
        for (Diagnostic problem : read.problems()) {
          if (problem.severity() == Diagnostic.Severity.ERROR) {
            throw new UsageError(problem.render());
          }
          session.invocation().error().println(problem.render());
        }
        read.entries()
            .forEach((key, entry) -> entry.value().ifPresent(it -> all.add(key + "=" + it)));
      } catch (IOException e) {
        throw new UsageError("cannot read " + file + ": " + e.getMessage());
      }
    }
    all.addAll(program.variables(environment));
    return all;
  }

  private OneOff oneOff(Project project, boolean terminal) {
    byte[] random = new byte[6];
    ThreadLocalRandom.current().nextBytes(random);
    String slug = HexFormat.of().formatHex(random);
    return new OneOff(
        service,
        new ContainerName(
            name != null
                ? name
                : String.join(Names.separator(project), project.name(), service, "run", slug)),
        slug,
        Optional.ofNullable(entrypoint).map(RunCommand::words),
        command,
        variables(),
        program.user(),
        program.folder(),
        labels(),
        servicePorts || overlay.publishes(),
        useAliases,
        terminal,
        program.input(),
        remove && program.detach());
  }

  private static List<String> words(String line) {
    return ShellWords.split(line)
        .getOrElseThrow(why -> new UsageError("--entrypoint \"" + line + "\": " + why));
  }

  private Map<String, String> labels() {
    var pairs = new LinkedHashMap<String, String>();
    for (String label : labels) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw new UsageError("label must be set as KEY=VALUE");
      }
      pairs.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return pairs;
  }

  private ContainerId created(Project project, ContainerName wanted) {
    return session.workbench(_ -> {}).observer().containers(project.name()).replicas().stream()
        .filter(it -> it.summary().name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new UsageError("container " + wanted + " was removed before it was started"))
        .id();
  }
}
