package jcompose.engine.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compresses the files that a log was turned over to, while its container runs: `file.N` becomes
/// `file.N.gz`. The monitor goes on writing and turning over meanwhile; what is compressed can be
/// read at every moment, and a daemon killed in between does it again.
public final class LogCompressor {
  private static final Logger LOG = LoggerFactory.getLogger(LogCompressor.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final LogFiles files;

  LogCompressor(Path log) {
    this.files = new LogFiles(log);
  }

  /// Does so in the background.
  ///
  /// @param ended completes when no more will be written: [RunningContainer#exit()]
  public static void watch(Output.LogFile log, CompletableFuture<?> ended) {
    var compressor = new LogCompressor(log.file());
    Thread.ofVirtual().name("log-compressor").start(() -> compressor.run(ended));
  }

  private void run(CompletableFuture<?> ended) {
    boolean last = false;
    while (!last) {
      last = ended.isDone(); // asked before: what was turned over before the end is then compressed
      Duration pause = PAUSE;
      try {
        compress();
      } catch (IOException e) {
        LOG.atWarn().log("cannot compress files of {}: {}", files.file(), e.toString());
        pause = PAUSE_AFTER_FAILURE;
      }
      try {
        if (!last) {
          await(ended, pause);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void await(CompletableFuture<?> ended, Duration pause)
      throws InterruptedException {
    try {
      ended.get(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // it runs on, or its monitor was lost: both are seen at the next look
    }
  }

  /// What is there to compress now.
  void compress() throws IOException {
    for (long number : files.numbers()) {
      if (Files.exists(files.numbered(number))) {
        compress(files.numbered(number), files.compressed(number));
      }
    }
  }

  private static void compress(Path plain, Path compressed) throws IOException {
    Path fresh = compressed.resolveSibling(compressed.getFileName() + ".new");
    try {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
        Files.copy(plain, out);
      } catch (NoSuchFileException e) {
        return; // too old to be kept, and removed
      }
      Files.move(fresh, compressed, StandardCopyOption.ATOMIC_MOVE);
      if (!Files.deleteIfExists(plain)) {
        Files.deleteIfExists(compressed); // too old to be kept meanwhile
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
