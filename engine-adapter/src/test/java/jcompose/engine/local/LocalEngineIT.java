package jcompose.engine.local;

import java.io.IOException;
import java.nio.file.Path;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineContract;
import jcompose.core.testkit.Needs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract on the bundled engine, in this process.
@Tag("root")
final class LocalEngineIT implements EngineContract {
  private static final ScratchRoot ROOT = new ScratchRoot();
  private static LocalEngine engine;

  @BeforeAll
  static void open() throws IOException {
    Needs.root();
    Path root = ROOT.make();
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
}
