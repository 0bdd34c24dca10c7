package jcompose.cli.copy;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Work at one end of a pipe, on a thread of its own.
final class Pump {
  /// What it does.
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private final Thread thread;
  private volatile @Nullable IOException failure;

  private Pump(Work work) {
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("copy")
            .unstarted(
                () -> {
                  try {
                    work.run();
                  } catch (IOException e) {
                    failure = e;
                  } catch (RuntimeException e) {
                    failure = new IOException(e.getMessage(), e);
                  }
                });
  }

  static Pump start(Work work) {
    var pump = new Pump(work);
    pump.thread.start();
    return pump;
  }

  Optional<IOException> failed() {
    return Optional.ofNullable(failure);
  }

  /// Waits for its end.
  ///
  /// @throws IOException what it failed with
  void check() throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
