package jcompose.engine.build;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jcompose.engine.dockerfile.BuildGraph;
import jcompose.engine.image.ImagePuller;
import jcompose.engine.image.ImageStore;
import jcompose.engine.oci.Platform;

/// What the stages of one build share.
///
/// @param results of each stage that the target needs, by index
record BuildSession(
    BuildRequest request,
    BuildGraph graph,
    Platform platform,
    BuildContext context,
    BuildArguments arguments,
    OrderedOutput output,
    StepNumbers numbers,
    BuildFolders folders,
    StepCache cache,
    KeyedLocks locks,
    Layers layers,
    ImageStore images,
    ImagePuller puller,
    StepRunner runner,
    Map<Integer, CompletableFuture<StageState>> results) {

  char escape() {
    return graph.dockerfile().escape();
  }

  /// What a stage came to; waits for it.
  StageState result(int stage) throws InterruptedException {
    try {
      return promise(stage).get();
    } catch (ExecutionException e) {
      throw new StageFailed(e.getCause() == null ? e : e.getCause());
    }
  }

  CompletableFuture<StageState> promise(int stage) {
    CompletableFuture<StageState> result = results.get(stage);
    if (result == null) {
      throw BuildException.of(
          "stage " + stage + " is used by an ONBUILD trigger, but the target does not need it");
    }
    return result;
  }

  /// A stage that this one needs failed; its own error is the one to show.
  static final class StageFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StageFailed(Throwable cause) {
      super(cause);
    }
  }
}
