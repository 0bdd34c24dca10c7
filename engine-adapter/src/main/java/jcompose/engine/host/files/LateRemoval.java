package jcompose.engine.host.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes trees of files that nobody knows any more, one after the other, while whoever asked for
/// it goes on. What the end of the process leaves of them is for their owner's next start to find.
public final class LateRemoval implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LateRemoval.class);

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("removal").factory());

  /// Returns at once.
  public void remove(Path tree) {
    try {
      worker.execute(() -> removeNow(tree));
    } catch (RejectedExecutionException closed) {
      LOG.debug("{} is left for the next start", tree);
    }
  }

  private static void removeNow(Path tree) {
    try {
      FileTree.remove(tree);
    } catch (IOException e) {
      LOG.error("cannot remove {}", tree, e);
    }
  }

  /// Returns when all is removed that was asked for.
  @Override
  public void close() {
    worker.close();
  }
}
