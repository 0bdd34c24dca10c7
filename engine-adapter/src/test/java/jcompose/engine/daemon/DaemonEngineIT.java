package jcompose.engine.daemon;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineContract;
import jcompose.core.testkit.Needs;
import jcompose.engine.docker.DockerProvider;
import jcompose.engine.local.ScratchRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract on the bundled engine through its socket, driven as any Docker daemon.
@Tag("root")
final class DaemonEngineIT implements EngineContract {
  private static final ScratchRoot ROOT = new ScratchRoot();
  private static Daemon daemon;
  private static Engine engine;

  @BeforeAll
  static void open() throws IOException {
    Needs.root();
    var settings = DaemonSettings.of(Optional.empty(), Optional.of(ROOT.make()));
    daemon = Daemon.open(settings);
    engine = new DockerProvider().open(Optional.of("unix://" + settings.socket()), Map.of());
  }

  @AfterAll
  static void close() throws IOException {
    if (daemon != null) {
      engine.close();
      daemon.close();
      ROOT.removeAndCheckThatNothingIsLeft();
    }
  }

  @Override
  public Engine engine() {
    return engine;
  }
}
