package jcompose.engine.bundled;

import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineProvider;
import jcompose.engine.docker.DockerProvider;

/// Opens the bundled engine through its daemon's socket, which it starts when none answers.
public final class BundledProvider implements EngineProvider {
  @Override
  public String kind() {
    return "bundled";
  }

  @Override
  public Engine open(Optional<String> host, Map<String, String> environment) {
    var settings = BundledDaemon.settings(host, environment);
    BundledDaemon.starter(settings).ensureRunning();
    return new DockerProvider()
        .open(Optional.of(BundledDaemon.UNIX + settings.socket()), environment);
  }
}
