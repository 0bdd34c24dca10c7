package jcompose.engine.daemon;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.EngineProvider;

/// Opens the bundled engine: starts its daemon when none answers, and reaches it as any Docker
/// daemon. `JCOMPOSE_DATA_ROOT` moves its data, and its socket with it.
public final class BundledProvider implements EngineProvider {
  private static final String UNIX = "unix://";

  @Override
  public String kind() {
    return "bundled";
  }

  @Override
  public Engine open(Optional<String> host, Map<String, String> environment) {
    DaemonSettings settings = settings(host, environment);
    DaemonStarter.ofThisJava(settings).ensureRunning();
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(it -> it.kind().equals("docker"))
        .findFirst()
        .orElseThrow(() -> new EngineException.Unavailable("the Docker client is not installed"))
        .open(Optional.of(UNIX + settings.socket()), environment);
  }

  /// Where the daemon is that a command line means.
  ///
  /// @param host `unix://PATH` of its socket
  public static DaemonSettings settings(Optional<String> host, Map<String, String> environment) {
    Optional<Path> socket =
        host.filter(it -> !it.isEmpty())
            .map(
                it -> {
                  if (!it.startsWith(UNIX)) {
                    throw new EngineException.Invalid(
                        "the bundled engine is reached over a Unix socket, not " + it);
                  }
                  return Path.of(it.substring(UNIX.length()));
                });
    return DaemonSettings.of(
        socket,
        Optional.ofNullable(environment.get("JCOMPOSE_DATA_ROOT"))
            .filter(it -> !it.isEmpty())
            .map(Path::of));
  }
}
