package jcompose.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import jcompose.core.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class ProjectLockTest {
  @TempDir private Path folder;

  private ProjectLock take(String project, Runnable waits) {
    return ProjectLock.take(
        Map.of("XDG_RUNTIME_DIR", folder.toString()), "bundled", project, waits);
  }

  @Test
  void the_second_waits_for_the_first_and_says_so() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    var waiting = new CompletableFuture<Void>();
    var taken = new CompletableFuture<Void>();
    try (var _ = take("shop", () -> said.add("first"))) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (var _ = take("shop", () -> waiting.complete(null))) {
                  taken.complete(null);
                }
              });
      waiting.get(10, TimeUnit.SECONDS);
      assertThat(taken).isNotDone();
    }
    taken.get(10, TimeUnit.SECONDS);
    assertThat(said).isEmpty();
  }

  @Test
  void other_projects_do_not_wait() {
    try (var _ = take("shop", () -> {});
        var _ =
            take(
                "blog",
                () -> {
                  throw new AssertionError("waits");
                })) {
      assertThat(folder.resolve("jcompose")).isNotEmptyDirectory();
    }
  }

  @Test
  void who_is_interrupted_while_waiting_leaves_the_lock_alone() throws Exception {
    var ended = new CompletableFuture<Void>();
    try (var _ = take("shop", () -> {})) {
      Thread second =
          Thread.ofVirtual()
              .start(
                  () -> {
                    Thread self = Thread.currentThread();
                    assertThatThrownBy(() -> take("shop", self::interrupt))
                        .isInstanceOf(EngineException.Unavailable.class);
                    ended.complete(null);
                  });
      ended.get(10, TimeUnit.SECONDS);
      second.join();
    }
    take("shop", () -> {}).close();
  }
}
