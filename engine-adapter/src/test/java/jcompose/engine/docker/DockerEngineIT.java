package jcompose.engine.docker;

import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// The contract on its reference, a real dockerd.
@Tag("dockerd")
@ExtendWith(Dockerd.class)
final class DockerEngineIT implements EngineContract {
  @Override
  public Engine engine() {
    return Dockerd.engine();
  }
}
