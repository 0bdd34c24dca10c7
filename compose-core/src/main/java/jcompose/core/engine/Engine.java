package jcompose.core.engine;

import jcompose.core.resource.EngineInfo;

/// A container engine. All calls block; all may be made from many threads at once. Whatever an
/// engine cannot do or find is told by an [EngineException].
public interface Engine extends AutoCloseable {
  EngineInfo info();

  Containers containers();

  ContainerFiles files();

  Images images();

  Networks networks();

  Volumes volumes();

  Events events();

  /// @throws EngineException.Unsupported by an engine that is not reached through the Engine API
  default Documents documents() {
    throw new EngineException.Unsupported("this engine does not speak the Engine API's words");
  }

  /// @throws EngineException.Unsupported by an engine that is not reached through the Engine API
  default Cleaning cleaning() {
    throw new EngineException.Unsupported("this engine is cleaned through its daemon");
  }

  /// Lets go of connections. What runs on the engine goes on.
  @Override
  void close();
}
