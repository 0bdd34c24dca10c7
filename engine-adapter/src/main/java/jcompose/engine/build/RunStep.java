package jcompose.engine.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.MountSpec;
import jcompose.core.source.Diagnostic;
import jcompose.engine.dockerfile.Command;
import jcompose.engine.dockerfile.Instruction;
import jcompose.engine.dockerfile.RunMount;
import jcompose.engine.dockerfile.WordExpansion;
import jcompose.engine.oci.ContainerConfig;
import jcompose.engine.snapshot.OverlayLayout;

/// One RUN. Belongs to one thread; closing it removes what its mounts needed.
final class RunStep implements AutoCloseable {
  static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final RandomGenerator RANDOM = RandomGenerator.of("SecureRandom");

  private final BuildSession session;
  private final StageState state;
  private final Instruction.Run instruction;
  private final List<String> words;
  private final List<String> argumentValues;
  private final StepMounts mounts;

  RunStep(BuildSession session, int stage, StageState state, Instruction.Run instruction) {
    this.session = session;
    this.state = state;
    this.instruction = instruction;
    words = words(instruction.command(), state.config());
    argumentValues = state.arguments().forCommand(state.config().environment());
    WordExpansion expansion = state.expansion(session.escape());
    List<RunMount> parsed =
        instruction.mounts().stream().map(it -> RunMount.parse(expansion.expand(it))).toList();
    mounts = new StepMounts(session, stage, state, parsed);
  }

  private static List<String> words(Command command, ContainerConfig config) {
    return switch (command) {
      case Command.Exec(List<String> exec) -> exec;
      case Command.Shell(String line) -> {
        var shell = new ArrayList<>(ConfigInstructions.shell(config));
        shell.add(line);
        yield shell;
      }
      case Command.Script(var document) -> List.of(StepMounts.scriptPath(document));
    };
  }

  /// The command and all that it can see. Proxies, secrets and the content of caches do not count.
  StepKey key() throws IOException, InterruptedException {
    var inputs = new ArrayList<>(words);
    inputs.add("arguments " + argumentValues.size());
    inputs.addAll(argumentValues);
    inputs.add("network " + network());
    inputs.add("security " + instruction.security().orElse("sandbox"));
    if (instruction.command() instanceof Command.Script(var document)) {
      inputs.add(document.content());
    }
    inputs.addAll(mounts.inputs());
    return state.key().then("RUN", inputs);
  }

  /// How the history tells it.
  String comment() {
    String command = String.join(" ", words);
    return argumentValues.isEmpty()
        ? command
        : "|" + argumentValues.size() + " " + String.join(" ", argumentValues) + " " + command;
  }

  private String network() {
    return instruction.network().or(() -> session.request().networkMode()).orElse("default");
  }

  /// @throws BuildException when the command returns another code than zero
  void write(OverlayLayout layout, OrderedOutput.StageOutput output)
      throws IOException, InterruptedException {
    if (instruction.security().filter(it -> it.equals("insecure")).isPresent()) {
      throw new IOException(
          "RUN --security=insecure is not allowed: the builder grants no privileges");
    }
    String id = newId();
    output.text(" ---> Running in " + id.substring(0, 12) + "\n");
    List<MountSpec> specs = new ArrayList<>(mounts.prepare());
    if (instruction.command() instanceof Command.Script(var document)) {
      specs.add(mounts.script(document));
    }
    ContainerConfig config = state.config();
    var environment = new ArrayList<>(config.environment());
    environment.addAll(argumentValues);
    environment.addAll(mounts.environment());
    for (String proxy : session.arguments().proxies()) {
      String name = proxy.substring(0, proxy.indexOf('=') + 1);
      if (environment.stream().noneMatch(it -> it.startsWith(name))) {
        environment.add(proxy);
      }
    }
    if (environment.stream().noneMatch(it -> it.startsWith("PATH="))) {
      environment.add("PATH=" + DEFAULT_PATH);
    }
    var text = new TextStream(output::text);
    ExitCode code =
        session
            .runner()
            .run(
                new StepRunner.Step(
                    id,
                    new StepRunner.Root(layout.lowerPaths(), layout.upper(), layout.work()),
                    words,
                    environment,
                    config.workingDirectory().isEmpty() ? "/" : config.workingDirectory(),
                    Optional.of(config.user()).filter(it -> !it.isEmpty()),
                    network(),
                    session.request().extraHosts(),
                    session.request().shmSizeBytes(),
                    specs),
                text);
    text.finish();
    if (!code.succeeded()) {
      throw BuildException.exited(
          Diagnostic.error(
              "command-failed",
              instruction.origin().range(),
              "The command '"
                  + String.join(" ", words)
                  + "' returned a non-zero code: "
                  + code.value()),
          code.value());
    }
    output.text(" ---> Removed intermediate container " + id.substring(0, 12) + "\n");
  }

  private static String newId() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    mounts.close();
  }
}
