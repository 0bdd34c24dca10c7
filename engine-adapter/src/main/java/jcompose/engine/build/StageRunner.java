package jcompose.engine.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jcompose.core.source.Diagnostic;
import jcompose.engine.build.tree.LayerWriter;
import jcompose.engine.build.tree.Ownership;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.build.tree.TreePaths;
import jcompose.engine.dockerfile.BuildGraph;
import jcompose.engine.dockerfile.DockerfileException;
import jcompose.engine.dockerfile.DockerfileParser;
import jcompose.engine.dockerfile.Instruction;
import jcompose.engine.dockerfile.WordExpansion;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.image.StoredImage;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.HistoryEntry;
import jcompose.engine.oci.ImageConfig;

/// Runs the instructions of one stage, one after the other, on one thread.
final class StageRunner {
  private final BuildSession session;
  private final BuildGraph.Stage stage;
  private final OrderedOutput.StageOutput output;
  private int step;
  private boolean numbered = true; // triggers have no number

  StageRunner(BuildSession session, BuildGraph.Stage stage) {
    this(session, stage, session.numbers().firstOf(stage.index()));
  }

  /// @param firstStep the number of the first instruction that it runs
  StageRunner(BuildSession session, BuildGraph.Stage stage, int firstStep) {
    this.session = session;
    this.stage = stage;
    this.output = session.output().of(stage.index());
    this.step = firstStep;
  }

  StageState run() throws InterruptedException {
    StageState state = from();
    for (Instruction instruction : stage.instructions()) {
      state = run(state, instruction);
    }
    return state;
  }

  private StageState from() throws InterruptedException {
    Instruction.From from = stage.from();
    Instant began = begin(from.origin().text());
    StageState state =
        switch (stage.base()) {
          case BuildGraph.Base.Scratch _ -> {
            output.text(" ---> \n");
            yield new StageState(
                StepKey.of("scratch", List.of(session.platform().toString())),
                ImageConfig.scratch(session.platform()),
                ArgScope.EMPTY,
                false,
                true);
          }
          case BuildGraph.Base.OfStage(int index) -> {
            StageState base = session.result(index);
            output.text(" ---> " + base.key().shortHex() + "\n");
            yield base.withCommandSet(false);
          }
          case BuildGraph.Base.OfImage(String reference, Optional<String> platform) -> {
            StoredImage image =
                located(from, () -> BaseImages.find(session, reference, platform, output));
            output.text(" ---> " + shortId(image) + "\n");
            yield new StageState(
                StepKey.of("image", List.of(image.id().value())),
                image.config(),
                ArgScope.EMPTY,
                false,
                true);
          }
        };
    end(began, true);
    return triggers(withPath(state), from.image());
  }

  private static String shortId(StoredImage image) {
    String id = image.id().value();
    return id.substring(id.indexOf(':') + 1).substring(0, 12);
  }

  private static StageState withPath(StageState state) {
    List<String> environment = state.config().environment();
    if (environment.stream().anyMatch(it -> it.startsWith("PATH="))) {
      return state;
    }
    var more = new ArrayList<>(environment);
    more.add("PATH=" + RunStep.DEFAULT_PATH);
    ImageConfig image = state.image();
    return state.with(
        state.key(), image.withConfig(image.config().toBuilder().environment(more).build()), true);
  }

  /// Runs what the base image asks its children to run.
  private StageState triggers(StageState base, String image) throws InterruptedException {
    List<String> triggers = base.config().onBuild();
    if (triggers.isEmpty()) {
      return base;
    }
    output.text(
        "# Executing "
            + triggers.size()
            + (triggers.size() == 1 ? " build trigger\n" : " build triggers\n"));
    ImageConfig cleared =
        base.image().withConfig(base.config().toBuilder().onBuild(List.of()).build());
    StageState state = base.with(base.key().then("triggers", triggers), cleared, true);
    numbered = false;
    for (String trigger : triggers) {
      Instruction instruction;
      try {
        instruction = DockerfileParser.parseTrigger(image, trigger);
      } catch (DockerfileException e) {
        throw BuildException.at(e.diagnostic());
      }
      state = run(state, instruction);
    }
    numbered = true;
    return state;
  }

  private Instant begin(String text) {
    if (numbered) {
      output.text(session.numbers().line(step, text));
      output.event(new BuildEvent.Started(step, session.numbers().total(), stage.name(), text));
    }
    return Instant.now();
  }

  private void end(Instant began, boolean cached) {
    if (numbered) {
      output.event(new BuildEvent.Finished(step, cached, Duration.between(began, Instant.now())));
      step++;
    }
  }

  /// Runs one instruction; what goes wrong is told with its place in the Dockerfile.
  StageState run(StageState state, Instruction instruction) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the build was cancelled");
    }
    Instant began = begin(instruction.origin().text());
    StageState next = located(instruction, () -> step(state, instruction));
    end(began, next.allCached());
    return next;
  }

  private interface Work<T> {
    T get() throws IOException, InterruptedException;
  }

  private static <T> T located(Instruction instruction, Work<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      throw BuildException.at(
          Diagnostic.error("step-failed", instruction.origin().range(), message));
    }
  }

  private StageState step(StageState state, Instruction instruction)
      throws IOException, InterruptedException {
    return switch (instruction) {
      case Instruction.Arg arg -> declare(state, arg);
      case Instruction.Run run -> runCommand(state, run);
      case Instruction.Copy copy -> copy(state, copy);
      case Instruction.Add add -> copy(state, add);
      case Instruction.Workdir workdir -> workdir(state, workdir);
      case Instruction.From _ -> throw new IllegalStateException("FROM begins another stage");
      case Instruction.Env _,
          Instruction.Label _,
          Instruction.User _,
          Instruction.Cmd _,
          Instruction.Entrypoint _,
          Instruction.Expose _,
          Instruction.Volume _,
          Instruction.Shell _,
          Instruction.StopSignal _,
          Instruction.Healthcheck _,
          Instruction.Onbuild _,
          Instruction.Maintainer _ ->
          configure(state, instruction);
    };
  }

  private StageState declare(StageState state, Instruction.Arg arg) {
    ArgScope scope = state.arguments();
    WordExpansion words = state.expansion(session.escape());
    for (Instruction.Arg.Definition definition : arg.definitions()) {
      String name = definition.name();
      BuildArguments arguments = session.arguments();
      arguments.use(name);
      Optional<String> value =
          Optional.ofNullable(arguments.given().get(name))
              .or(() -> definition.value().map(words::expand))
              .or(() -> global(name));
      scope = scope.with(name, value);
    }
    output.text(" ---> " + state.key().shortHex() + "\n");
    return state.with(scope);
  }

  /// What an ARG before the first FROM, or the builder itself, says of a name.
  private Optional<String> global(String name) {
    Map<String, String> values = session.arguments().platform();
    return Optional.ofNullable(
            GlobalArguments.of(session.graph(), values, session.arguments().given()).get(name))
        .or(() -> Optional.ofNullable(values.get(name)));
  }

  private StageState configure(StageState state, Instruction instruction)
      throws IOException, InterruptedException {
    ConfigInstructions.Applied applied = applied(state, instruction);
    StepKey key =
        state.key().then("config", List.of(applied.comment(), applied.image().config().toString()));
    Optional<StepCache.Result> cached = lookUp(key);
    StepCache.Result result = cached.orElseGet(() -> new StepCache.Result(now(), Optional.empty()));
    if (cached.isEmpty()) {
      session.cache().put(key, result);
    }
    StageState next =
        finish(
            state, key, applied.image(), result, nop(state, applied.comment()), cached.isPresent());
    return instruction instanceof Instruction.Cmd ? next.withCommandSet(true) : next;
  }

  private ConfigInstructions.Applied applied(StageState state, Instruction instruction) {
    return ConfigInstructions.apply(state, instruction, state.expansion(session.escape()))
        .orElseThrow(() -> new IllegalStateException("not a matter of configuration"));
  }

  private static String nop(StageState state, String comment) {
    return String.join(" ", ConfigInstructions.shell(state.config())) + " #(nop)  " + comment;
  }

  private StageState workdir(StageState state, Instruction.Workdir workdir)
      throws IOException, InterruptedException {
    ConfigInstructions.Applied applied = applied(state, workdir);
    String path = FileCalls.bytes(applied.image().config().workingDirectory().substring(1));
    StepKey key = state.key().then("WORKDIR", List.of(path));
    return layer(
        state,
        List.of(() -> Optional.of(key)),
        below -> {
          if (isFolder(below, path)) {
            return Optional.empty();
          }
          return session
              .layers()
              .make(
                  below,
                  layout -> {
                    try (var writer = new LayerWriter(layout)) {
                      String resolved = TreePaths.resolve(writer.view(), path, true);
                      writer.makeFolder(resolved, owner(writer.view(), state));
                      writer.finish();
                    }
                  });
        },
        applied.image(),
        _ -> nop(state, applied.comment()));
  }

  /// Whose the folders are that WORKDIR makes: those of the USER, as in BuildKit.
  private static Ownership owner(SourceTree image, StageState state) throws IOException {
    String user = state.config().user();
    return user.isEmpty() ? Ownership.ROOT : AccountNames.resolve(image, user);
  }

  private boolean isFolder(List<DiffId> layers, String path) throws IOException {
    if (path.isEmpty()) {
      return true;
    }
    try (Layers.Reading reading = session.layers().read(layers)) {
      SourceTree tree = reading.tree();
      return TreePaths.find(tree, path, true).filter(TreeNode::isFolder).isPresent();
    }
  }

  private StageState copy(StageState state, Instruction instruction)
      throws IOException, InterruptedException {
    try (var copy = new CopyStep(session, stage.index(), state, instruction)) {
      return layer(
          state,
          List.of(copy::quickKey, () -> Optional.of(copy.key())),
          below -> session.layers().make(below, copy::write),
          state.image(),
          layer -> nop(state, copy.comment(layer)));
    }
  }

  private StageState runCommand(StageState state, Instruction.Run run)
      throws IOException, InterruptedException {
    try (var command = new RunStep(session, stage.index(), state, run)) {
      return layer(
          state,
          List.of(() -> Optional.of(command.key())),
          below -> session.layers().make(below, layout -> command.write(layout, output)),
          state.image(),
          _ -> command.comment());
    }
  }

  /// Makes a layer, absent when nothing changed.
  private interface LayerWork {
    Optional<DiffId> make(List<DiffId> below) throws IOException, InterruptedException;
  }

  /// A key that may cost something to find out.
  private interface LazyKey {
    Optional<StepKey> get() throws IOException, InterruptedException;
  }

  /// Looks a step up by its keys, the cheapest first, and does it when none is known. Builds that
  /// come to the same step at once do it once.
  private StageState layer(
      StageState state,
      List<LazyKey> keys,
      LayerWork work,
      ImageConfig image,
      Function<Optional<DiffId>, String> comment)
      throws IOException, InterruptedException {
    var missed = new ArrayList<StepKey>();
    Optional<StepCache.Result> cached = Optional.empty();
    for (LazyKey lazy : keys) {
      Optional<StepKey> key = lazy.get();
      if (key.isPresent()) {
        cached = lookUp(key.get());
        if (cached.isPresent()) {
          break;
        }
        missed.add(key.get());
      }
    }
    StepCache.Result result;
    if (cached.isPresent()) {
      result = cached.get();
    } else {
      StepKey last = missed.getLast();
      try (var _ = session.locks().lock("step " + last.hex())) {
        Optional<StepCache.Result> meanwhile = lookUp(last);
        cached = meanwhile;
        result =
            meanwhile.isPresent()
                ? meanwhile.get()
                : new StepCache.Result(now(), work.make(state.image().diffIds()));
        session.cache().put(last, result);
      }
    }
    for (StepKey key : missed) {
      session.cache().put(key, result);
    }
    // named by what came out, so that what follows fits these very files
    StepKey next =
        state
            .key()
            .then(
                "layer",
                List.of(
                    comment.apply(result.layer()),
                    image.config().workingDirectory(),
                    result.layer().map(DiffId::toString).orElse("")));
    return finish(state, next, image, result, comment.apply(result.layer()), cached.isPresent());
  }

  private StageState finish(
      StageState state,
      StepKey key,
      ImageConfig image,
      StepCache.Result result,
      String createdBy,
      boolean cached) {
    var entry =
        new HistoryEntry(
            Optional.of(result.created()),
            createdBy,
            image.author(),
            Optional.empty(),
            result.layer().isEmpty());
    ImageConfig made =
        result.layer().isPresent() ? image.with(result.layer().get(), entry) : image.with(entry);
    if (cached) {
      output.text(" ---> Using cache\n");
    }
    output.text(" ---> " + key.shortHex() + "\n");
    return state.with(key, made.withCreated(result.created()), cached);
  }

  private Optional<StepCache.Result> lookUp(StepKey key) {
    if (session.request().noCache()) {
      return Optional.empty();
    }
    return session
        .cache()
        .find(key)
        .filter(it -> it.layer().isEmpty() || session.layers().has(it.layer().get()));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
