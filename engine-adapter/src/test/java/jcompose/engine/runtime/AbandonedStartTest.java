package jcompose.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import jcompose.engine.host.OutlivingGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An engine that dies while its container starts.
@Timeout(60)
class AbandonedStartTest {
  private static final int STARTS = 150;

  @TempDir(factory = ShortFolder.class)
  Path folder;

  private MonitorSpawner spawner;

  @BeforeEach
  void open() {
    spawner = new MonitorSpawner(folder, new OutlivingGroup(List.of()));
  }

  @AfterEach
  void close() {
    spawner.close();
  }

  @Test
  void its_program_runs_to_its_end_or_not_at_all() throws Exception {
    Random random = new Random();
    for (int i = 0; i < STARTS; i++) {
      Path runFolder = Files.createDirectory(folder.resolve("c" + i));
      MonitorChannel watcher;
      try (MonitorChannel engine = spawner.spawn()) {
        engine.send(create(runFolder));
        while (!engine.read().message().name().equals("ready")) {}
        watcher = MonitorChannel.connect(runFolder.resolve(MonitorRuntime.SOCKET));
        engine.send(
            MonitorMessage.of("start")
                .with(
                    List.of(SetupStep.execute(List.of("/bin/sh", "-c", "exit 7"), List.of(), ""))));
        LockSupport.parkNanos(random.nextInt(1_000_000));
      }
      awaitEnd(watcher);
      Path exit = runFolder.resolve("exit");
      if (Files.exists(exit)) {
        assertThat(Files.readString(exit)).as("exit of start %s", i).startsWith("7 ");
      }
    }
  }

  /// In the host's namespaces, without a log.
  private static MonitorMessage create(Path runFolder) {
    return MonitorMessage.of(
        "create", MonitorMessage.VERSION, runFolder, "", 0, 1, 1, "", "", 0, false, false, false);
  }

  /// A monitor closes its connections when its container has ended, and has written the exit file.
  private static void awaitEnd(MonitorChannel watcher) throws IOException {
    try (watcher) {
      watcher.send(
          MonitoredContainer.attaching(
              MonitoredContainer.FIRST, new AttachRequest(false, false, false)));
      while (true) {
        watcher.read();
      }
    } catch (EOFException ended) {
      // as it should
    } catch (IOException reset) {
      // it had ended before it was asked
    }
  }
}
