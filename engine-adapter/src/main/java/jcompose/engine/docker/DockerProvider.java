package jcompose.engine.docker;

import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineProvider;

/// Opens a Docker daemon: the address given, else `DOCKER_HOST`, else the current Docker context,
/// else the usual socket.
public final class DockerProvider implements EngineProvider {
  static final String DEFAULT_HOST = "unix:///var/run/docker.sock";

  @Override
  public String kind() {
    return "docker";
  }

  @Override
  public Engine open(Optional<String> host, Map<String, String> environment) {
    String text =
        host.filter(it -> !it.isEmpty())
            .or(
                () ->
                    Optional.ofNullable(environment.get("DOCKER_HOST")).filter(it -> !it.isEmpty()))
            .or(() -> DockerContext.host(environment))
            .orElse(DEFAULT_HOST);
    return new DockerEngine(DockerAddress.parse(text, environment), environment);
  }
}
