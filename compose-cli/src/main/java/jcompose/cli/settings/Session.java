package jcompose.cli.settings;

import java.util.ServiceLoader;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.EngineProvider;
import org.jspecify.annotations.Nullable;

/// What one command works with: how it was called, its global options, and the engine, opened when
/// it is first asked for.
public final class Session implements AutoCloseable {
  private final Invocation invocation;
  private final GlobalOptions options;
  private @Nullable Engine engine;

  public Session(Invocation invocation, GlobalOptions options) {
    this.invocation = invocation;
    this.options = options;
  }

  public Invocation invocation() {
    return invocation;
  }

  public GlobalOptions options() {
    return options;
  }

  /// The engine that `-H`, `--engine` and DOCKER_HOST choose; closed with the session.
  public synchronized Engine engine() {
    if (engine == null) {
      var environment = invocation.environment();
      engine =
          provider(options.engineKind(environment)).open(options.host(environment), environment);
    }
    return engine;
  }

  private static EngineProvider provider(String kind) {
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.kind().equals(kind)) {
        return provider;
      }
    }
    throw new EngineException.Unavailable(
        "this build of jcompose has no engine of kind \"" + kind + "\"");
  }

  @Override
  public synchronized void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
