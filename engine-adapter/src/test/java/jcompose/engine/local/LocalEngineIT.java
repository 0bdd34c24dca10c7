package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineContract;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.testkit.Needs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract on the bundled engine, in this process.
@Tag("root")
final class LocalEngineIT implements EngineContract {
  private static final ScratchRoot ROOT = new ScratchRoot();
  private static Path root;
  private static LocalEngine engine;

  @BeforeAll
  static void open() throws IOException {
    Needs.root();
    root = ROOT.make();
    engine = LocalEngine.open(EngineSettings.of(root));
  }

  @AfterAll
  static void close() throws IOException {
    if (engine != null) {
      engine.close();
      ROOT.removeAndCheckThatNothingIsLeft();
    }
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Test
  void what_it_keeps_is_closed_to_other_users() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx--x---");
  }

  @Test
  void archives_that_are_none_leave_no_descriptor_open() throws IOException {
    ContainerId id = create(spec("true"));
    var garbage = new byte[2048];
    Arrays.fill(garbage, (byte) 'x');
    long before = descriptors();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(
              () -> engine.files().write(id, "/", new ByteArrayInputStream(garbage), false))
          .isInstanceOf(EngineException.class);
    }
    assertThat(descriptors()).isLessThan(before + 25); // other threads open some, too
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
