package jcompose.engine.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.engine.build.tree.ContentDigests;
import jcompose.engine.dockerfile.BuildGraph;
import jcompose.engine.dockerfile.Dockerfile;
import jcompose.engine.dockerfile.DockerfileException;
import jcompose.engine.dockerfile.DockerfileParser;
import jcompose.engine.dockerfile.Instruction;
import jcompose.engine.dockerfile.KeyValue;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.image.ImagePuller;
import jcompose.engine.image.ImageStore;
import jcompose.engine.image.StoredImage;
import jcompose.engine.oci.Platform;
import jcompose.engine.snapshot.Snapshotter;

/// Builds images on the bundled engine's own store: stages that do not depend on each other at the
/// same time, stages that the target does not need not at all, and no step twice.
public final class DockerfileBuilder implements ImageBuilder {
  private final BuildFolders folders;
  private final ImageStore images;
  private final Layers layers;
  private final ImagePuller puller;
  private final StepRunner runner;
  private final StepCache cache;
  private final KeyedLocks locks = new KeyedLocks();
  private final ContentDigests digests = new ContentDigests();

  private DockerfileBuilder(
      BuildFolders folders,
      ImageStore images,
      Layers layers,
      ImagePuller puller,
      StepRunner runner) {
    this.folders = folders;
    this.images = images;
    this.layers = layers;
    this.puller = puller;
    this.runner = runner;
    this.cache = new StepCache(folders.cache());
  }

  /// @param root a folder of the data root that is the builder's own; made when it is missing. What
  ///   killed builds left in it, and among the snapshots, is removed.
  public static DockerfileBuilder open(
      Path root, ImageStore images, Snapshotter snapshots, ImagePuller puller, StepRunner runner) {
    try {
      var layers = new Layers(snapshots);
      layers.removeLeftOvers();
      return new DockerfileBuilder(BuildFolders.open(root), images, layers, puller, runner);
    } catch (IOException e) {
      throw new UncheckedIOException("opening the builder's folder " + root, e);
    }
  }

  /// Forgets what steps gave and empties the caches of `RUN --mount=type=cache`. Layers stay with
  /// their images.
  ///
  /// @return bytes that were freed
  public long prune() {
    try {
      long bytes = DiskUse.of(folders.cache()) + DiskUse.of(folders.mounts());
      cache.clear();
      FileTree.remove(folders.mounts());
      java.nio.file.Files.createDirectories(folders.mounts());
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("emptying the build cache", e);
    }
  }

  @Override
  public ImageId build(BuildRequest request, BuildOutput output) throws InterruptedException {
    List<ImageReference> tags = tags(request.tags());
    Platform platform = platform(request.platform());
    try (var context = BuildContext.open(request.context(), folders.spool(), digests)) {
      Dockerfile dockerfile = DockerfileParser.parse(dockerfile(request, context));
      context.ignoreWhatItSays(request.dockerfile());
      var arguments = new BuildArguments(request.arguments(), platform);
      BuildGraph graph =
          BuildGraph.of(dockerfile, request.target(), arguments.platform(), request.arguments());
      var session = session(request, output, platform, context, arguments, graph);
      StageState result = run(session, output);
      return finish(session, result, tags, output);
    } catch (DockerfileException e) {
      throw BuildException.at(e.diagnostic());
    } catch (IllegalArgumentException e) {
      throw BuildException.of(e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      throw BuildException.of("build failed: " + e.getMessage());
    }
  }

  private static List<ImageReference> tags(List<String> names) {
    return names.stream()
        .map(
            name -> {
              try {
                ImageReference reference = ImageReference.parse(name);
                if (reference.digest().isPresent()) {
                  throw new EngineException.Invalid(
                      "refusing to create a tag with a digest reference");
                }
                return reference;
              } catch (IllegalArgumentException e) {
                throw new EngineException.Invalid(String.valueOf(e.getMessage()));
              }
            })
        .toList();
  }

  private static Platform platform(Optional<String> text) {
    try {
      return text.filter(it -> !it.isEmpty()).map(Platform::parse).orElseGet(Platform::host);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
  }

  private static SourceFile dockerfile(BuildRequest request, BuildContext context)
      throws IOException {
    String name = request.dockerfile();
    Optional<String> text = request.dockerfileText();
    if (text.isEmpty()) {
      text = context.text(name);
    }
    return new SourceFile(
        name,
        text.orElseThrow(() -> BuildException.of("Cannot locate specified Dockerfile: " + name)));
  }

  private BuildSession session(
      BuildRequest request,
      BuildOutput output,
      Platform platform,
      BuildContext context,
      BuildArguments arguments,
      BuildGraph graph) {
    Map<Integer, CompletableFuture<StageState>> results = new HashMap<>();
    graph.needed().forEach(it -> results.put(it, new CompletableFuture<>()));
    return new BuildSession(
        request,
        graph,
        platform,
        context,
        arguments,
        new OrderedOutput(output, graph.needed(), request.quiet()),
        StepNumbers.of(graph, !request.labels().isEmpty()),
        folders,
        cache,
        locks,
        layers,
        images,
        puller,
        runner,
        results);
  }

  /// Runs all stages that are needed, each on a thread of its own, and gives the target's result.
  private static StageState run(BuildSession session, BuildOutput output)
      throws InterruptedException {
    if (!session.request().quiet()) {
      int step = 1;
      for (Instruction.Arg arg : session.graph().globals()) {
        arg.definitions().forEach(it -> session.arguments().use(it.name()));
        output.text(session.numbers().line(step++, arg.origin().text()));
      }
    }
    // platform threads: stages do many file calls, which would hold a virtual thread's carrier
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("build-stage-", 0).factory());
    try {
      for (int index : session.graph().needed()) {
        BuildGraph.Stage stage = session.graph().stages().get(index);
        CompletableFuture<StageState> result = session.promise(index);
        var _ =
            threads.submit(
                () -> {
                  try {
                    StageState state = new StageRunner(session, stage).run();
                    session.output().end(index);
                    result.complete(state);
                  } catch (Throwable e) {
                    session.output().fail(index);
                    result.completeExceptionally(e);
                  }
                });
      }
      return firstFailureOr(session);
    } finally {
      threads.shutdownNow(); // a failure or an interrupt ends what still runs
      awaitEnd(threads);
    }
  }

  private static StageState firstFailureOr(BuildSession session) throws InterruptedException {
    var all = new ArrayList<>(session.results().values());
    var failed = new CompletableFuture<Throwable>();
    for (CompletableFuture<StageState> result : all) {
      var _ =
          result.whenComplete(
              (_, e) -> {
                if (e != null && !(e instanceof BuildSession.StageFailed)) {
                  failed.complete(e);
                }
              });
    }
    CompletableFuture<Boolean> done =
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).handle((_, e) -> e == null);
    try {
      CompletableFuture.anyOf(done, failed).get();
      if (failed.isDone() || !done.get()) { // a stage failed: some stage failed by itself
        throw rethrown(failed.get());
      }
      return session.result(session.graph().target().index());
    } catch (ExecutionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    }
  }

  private static RuntimeException rethrown(Throwable e) throws InterruptedException {
    return switch (e) {
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException runtime -> runtime;
      case Error error -> throw error;
      default -> new IllegalStateException(e);
    };
  }

  /// Steps clean up after themselves; the context must not be closed under them.
  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ImageId finish(
      BuildSession session, StageState target, List<ImageReference> tags, BuildOutput output)
      throws InterruptedException {
    StageState state = target;
    if (!session.request().labels().isEmpty()) {
      state = labelled(session, state);
    }
    for (Map.Entry<Integer, CompletableFuture<StageState>> stage : session.results().entrySet()) {
      StageState other = stage.getValue().join();
      boolean kept = stage.getKey() == session.graph().target().index();
      if (!kept && !other.allCached()) {
        // untagged, so that its layers are kept for the next build and can be pruned
        images.create(other.image(), List.of(), Optional.empty());
      }
    }
    StoredImage image = images.create(state.image(), tags, Optional.empty());
    List<String> unused = session.arguments().unused();
    if (!unused.isEmpty()) {
      text(
          session,
          output,
          "[Warning] One or more build-args ["
              + String.join(" ", unused)
              + "] were not consumed\n");
    }
    for (Diagnostic warning : session.graph().dockerfile().warnings()) {
      text(
          session,
          output,
          "[Warning] "
              + warning.message()
              + warning.range().map(it -> " in " + it).orElse("")
              + "\n");
    }
    output.built(image.id());
    String id = image.id().value().substring(image.id().value().indexOf(':') + 1);
    if (session.request().quiet()) {
      output.text(image.id() + "\n");
    } else {
      output.text("Successfully built " + id.substring(0, 12) + "\n");
    }
    for (ImageReference tag : tags) {
      text(session, output, "Successfully tagged " + tag.familiar() + "\n");
    }
    return image.id();
  }

  private static void text(BuildSession session, BuildOutput output, String text) {
    if (!session.request().quiet()) {
      output.text(text);
    }
  }

  /// The request's labels, as if the Dockerfile ended with them.
  private static StageState labelled(BuildSession session, StageState state)
      throws InterruptedException {
    BuildGraph.Stage stage = session.graph().target();
    List<KeyValue> pairs =
        new TreeMap<>(session.request().labels())
            .entrySet().stream()
                .map(it -> new KeyValue(quoted(it.getKey()), quoted(it.getValue())))
                .collect(Collectors.toList());
    String shown =
        pairs.stream().map(it -> it.name() + "=" + it.value()).collect(Collectors.joining(" "));
    var origin = new Instruction.Origin(stage.from().origin().range(), "LABEL " + shown);
    var runner = new StageRunner(session, stage, session.numbers().total());
    return runner.run(state, new Instruction.Label(origin, pairs));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\"'\"'") + "'";
  }
}
