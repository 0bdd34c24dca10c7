package jcompose.core.usecase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageReference;

/// Finds what tags stand for in their registries, so that a project can name it.
public final class PinImages {
  private final Engine engine;
  private final Semaphore calls;

  /// @param parallel most engine calls at a time
  public PinImages(Engine engine, int parallel) {
    this.engine = engine;
    this.calls = new Semaphore(parallel);
  }

  /// Each image with its full name and digest, `docker.io/library/redis:7@sha256:…`. One that has a
  /// digest is not asked for: the digest alone says what it is.
  ///
  /// @throws EngineException.Failed when an image cannot be looked up, with its name
  /// @throws EngineException.Invalid when one is no reference
  public Map<String, String> of(Iterable<String> images) throws InterruptedException {
    var wanted = new LinkedHashSet<String>();
    images.forEach(wanted::add);
    List<Map.Entry<String, Future<String>>> asked = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String image : wanted) {
        asked.add(Map.entry(image, threads.submit(() -> pinned(image))));
      }
    }
    Map<String, String> pinned = new LinkedHashMap<>();
    for (Map.Entry<String, Future<String>> it : asked) {
      try {
        pinned.put(it.getKey(), it.getValue().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException("cannot look up " + it.getKey(), e);
      }
    }
    return pinned;
  }

  private String pinned(String image) throws InterruptedException {
    ImageReference reference = reference(image);
    if (reference.digest().isPresent()) {
      return new ImageReference(
              reference.domain(), reference.path(), Optional.empty(), reference.digest())
          .toString();
    }
    calls.acquire();
    try {
      return reference + "@" + engine.images().registryDigest(reference);
    } catch (EngineException e) {
      throw new EngineException.Failed(
          "failed to resolve digest for " + reference.familiar() + ": " + e.getMessage(), e);
    } finally {
      calls.release();
    }
  }

  private static ImageReference reference(String image) {
    try {
      return ImageReference.parse(image);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid("image \"" + image + "\": " + e.getMessage());
    }
  }
}
