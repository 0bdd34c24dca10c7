package jcompose.engine.daemon.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcompose.engine.local.LocalEngine;

/// `/_ping`, `/version`, `/info`.
final class SystemRouter {
  private final LocalEngine engine;
  private final HostInfo host = HostInfo.read();

  SystemRouter(LocalEngine engine) {
    this.engine = engine;
  }

  void register(Routes routes) {
    routes
        .add("GET", "/_ping", this::ping)
        .add("HEAD", "/_ping", this::ping)
        .add("GET", "/version", this::version)
        .add("GET", "/info", this::info)
        .add("POST", "/session", SystemRouter::noBuildkit)
        .add("POST", "/grpc", SystemRouter::noBuildkit)
        .add("GET", "/plugins", call -> call.json(200, List.of()));
    for (String path : List.of("swarm", "nodes", "services", "tasks", "secrets", "configs")) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        routes.add(method, "/" + path, SystemRouter::noSwarm);
        routes.add(method, "/" + path + "/{id...}", SystemRouter::noSwarm);
      }
    }
  }

  private static void noSwarm(ApiCall call) {
    throw new ApiException(
        503,
        "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to"
            + " connect this node to swarm and try again.");
  }

  private static void noBuildkit(ApiCall call) {
    throw new ApiException(
        501, "BuildKit sessions are not supported: set DOCKER_BUILDKIT=0 to use the builder here");
  }

  private void ping(ApiCall call) throws IOException {
    var exchange = call.exchange();
    exchange.header("Builder-Version", "1");
    exchange.header("Cache-Control", "no-cache, no-store, must-revalidate");
    exchange.header("Pragma", "no-cache");
    exchange.header("Swarm", "inactive");
    exchange.send(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.UTF_8));
  }

  private void version(ApiCall call) throws IOException {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("ApiVersion", ApiVersion.NEWEST.toString());
    details.put("Arch", host.architecture());
    details.put("BuildTime", "");
    details.put("Experimental", "false");
    details.put("GitCommit", "");
    details.put("GoVersion", "");
    details.put("KernelVersion", host.kernel());
    details.put("MinAPIVersion", ApiVersion.OLDEST.toString());
    details.put("Os", "linux");
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("Name", "Engine");
    component.put("Version", ApiHandler.ENGINE_VERSION);
    component.put("Details", details);
    Map<String, Object> jcompose = new LinkedHashMap<>();
    jcompose.put("Name", "jcompose");
    jcompose.put("Version", LocalEngine.VERSION);
    jcompose.put("Details", Map.of("Java", Runtime.version().toString()));
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("Platform", Map.of("Name", "jcompose"));
    version.put("Components", List.of(component, jcompose));
    version.put("Version", ApiHandler.ENGINE_VERSION);
    version.put("ApiVersion", ApiVersion.NEWEST.toString());
    version.put("MinAPIVersion", ApiVersion.OLDEST.toString());
    version.put("GitCommit", "");
    version.put("GoVersion", "");
    version.put("Os", "linux");
    version.put("Arch", host.architecture());
    version.put("KernelVersion", host.kernel());
    version.put("BuildTime", "");
    call.json(200, version);
  }

  private void info(ApiCall call) throws IOException {
    call.json(200, EngineInfoJson.of(engine, host));
  }
}
