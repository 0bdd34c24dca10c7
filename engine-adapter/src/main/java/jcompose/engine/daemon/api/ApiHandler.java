package jcompose.engine.daemon.api;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jcompose.core.engine.EngineException;
import jcompose.engine.daemon.http.HttpException;
import jcompose.engine.daemon.http.HttpExchange;
import jcompose.engine.daemon.http.HttpHandler;
import jcompose.engine.local.LocalEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the Docker Engine API on behalf of an engine.
///
/// @see <a href="https://docs.docker.com/reference/api/engine/version/v1.45/">Engine API v1.45</a>
public final class ApiHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  static final String ENGINE_VERSION = "26.1.0";

  /// Id of the request in hand.
  static final ScopedValue<String> REQUEST_ID = ScopedValue.newInstance();

  private final Routes routes = new Routes();

  public ApiHandler(LocalEngine engine) {
    new SystemRouter(engine).register(routes);
    new EventsRouter(engine).register(routes);
    new ContainersRouter(engine).register(routes);
    new ContainerStreamsRouter(engine).register(routes);
    new ExecRouter(engine).register(routes);
    new ArchiveRouter(engine).register(routes);
    new RegistryRouter(engine).register(routes);
    new ImageArchivesRouter(engine).register(routes);
    new DiskUsageRouter(engine).register(routes);
    new ImagesRouter(engine).register(routes);
    new BuildRouter(engine).register(routes);
    new NetworksRouter(engine).register(routes);
    new VolumesRouter(engine).register(routes);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String id = UUID.randomUUID().toString().substring(0, 8);
    try {
      ScopedValue.where(REQUEST_ID, id)
          .call(
              () -> {
                answer(exchange);
                return null;
              });
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    long begin = System.nanoTime();
    String method = exchange.request().method();
    try {
      commonHeaders(exchange);
      ApiVersion.Path path = ApiVersion.split(exchange.request().path());
      Optional<Routes.Match> match = routes.find(method, path.rest());
      if (match.isEmpty()) {
        throw new ApiException(404, "page not found");
      }
      match.get().action().run(new ApiCall(exchange, path.version(), match.get().places()));
    } catch (EngineException | ApiException | HttpException | IllegalArgumentException e) {
      fail(exchange, e);
    } catch (IOException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", method, exchange.request().path(), e);
      fail(exchange, e);
    } finally {
      LOG.atDebug()
          .addKeyValue("request", REQUEST_ID.get())
          .addKeyValue("micros", (System.nanoTime() - begin) / 1000)
          .log("{} {}", method, exchange.request().path());
    }
  }

  private static void commonHeaders(HttpExchange exchange) {
    exchange.header("Api-Version", ApiVersion.NEWEST.toString());
    exchange.header("Docker-Experimental", "false");
    exchange.header("Ostype", "linux");
    exchange.header("Server", "Docker/" + ENGINE_VERSION + " (linux)");
  }

  private static void fail(HttpExchange exchange, RuntimeException e) throws IOException {
    if (exchange.started()) {
      LOG.debug("failed after the response began", e);
      throw new IOException("failed after the response began", e);
    }
    exchange.send(
        status(e), ApiCall.JSON, Json.line(Map.of("message", String.valueOf(e.getMessage()))));
  }

  static int status(RuntimeException e) {
    return switch (e) {
      case EngineException engine ->
          switch (engine) {
            case EngineException.NotFound _ -> 404;
            case EngineException.Conflict _ -> 409;
            case EngineException.Invalid _ -> 400;
            case EngineException.Denied _ -> 403;
            case EngineException.Unsupported _ -> 501;
            case EngineException.Failed _, EngineException.Unavailable _ -> 500;
          };
      case ApiException api -> api.status();
      case HttpException http -> http.status();
      case IllegalArgumentException _ -> 400;
      default -> 500;
    };
  }
}
