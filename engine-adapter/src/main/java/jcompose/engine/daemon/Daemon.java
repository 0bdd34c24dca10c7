package jcompose.engine.daemon;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import jcompose.core.engine.EngineException;
import jcompose.engine.daemon.api.ApiHandler;
import jcompose.engine.daemon.http.HttpLimits;
import jcompose.engine.daemon.http.HttpServer;
import jcompose.engine.local.LocalEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bundled engine behind its socket. Ends without touching containers.
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final String GROUP = "jcompose";

  private final DaemonSettings settings;
  private final LocalEngine engine;
  private final HttpServer server;
  private final long begin;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Daemon(DaemonSettings settings, LocalEngine engine, HttpServer server, long begin) {
    this.settings = settings;
    this.engine = engine;
    this.server = server;
    this.begin = begin;
  }

  /// Opens the engine and listens; returns when requests are answered.
  ///
  /// @throws EngineException.Denied when this user is not root
  /// @throws EngineException.Conflict when another daemon works on the data root
  /// @throws EngineException.Invalid when the settings file is wrong
  public static Daemon open(DaemonSettings settings) {
    if (!isRoot()) {
      throw new EngineException.Denied(
          "the engine must run as root: it makes namespaces, mounts and network links (try sudo)");
    }
    long begin = System.nanoTime();
    LocalEngine engine =
        LocalEngine.open(SettingsFile.read(settings.file()).over(settings.engine()));
    var server = new HttpServer(new ApiHandler(engine), HttpLimits.DEFAULT);
    try {
      listen(server, settings.socket());
      Files.createDirectories(settings.pidFile().getParent());
      Files.writeString(settings.pidFile(), ProcessHandle.current().pid() + "\n");
      return new Daemon(settings, engine, server, begin);
    } catch (IOException | RuntimeException e) {
      server.close();
      engine.close();
      throw new EngineException.Failed(
          "cannot listen on %s: %s".formatted(settings.socket(), e.getMessage()), e);
    }
  }

  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  /// Only who holds the lock of the data root comes here, so that a socket that is there is a dead
  /// daemon's, unless it belongs to a daemon with another data root.
  private static void listen(HttpServer server, Path socket) throws IOException {
    Files.createDirectories(socket.getParent());
    if (Files.exists(socket)) {
      if (DaemonProbe.answers(socket)) {
        throw new FileSystemException(socket.toString(), null, "another daemon listens there");
      }
      Files.delete(socket);
    }
    try {
      server.listen(UnixDomainSocketAddress.of(socket));
    } catch (SocketException e) {
      throw new FileSystemException(socket.toString(), null, e.getMessage());
    }
    ownedByGroup(socket);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
  }

  /// Whoever is in the group may use the engine, which makes them as good as root.
  private static void ownedByGroup(Path socket) throws IOException {
    try {
      var group =
          socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
      var view = Files.getFileAttributeView(socket, PosixFileAttributeView.class);
      view.setGroup(group);
    } catch (UserPrincipalNotFoundException e) {
      LOG.debug("there is no group {}: only root may use the socket", GROUP);
    }
  }

  /// Serves until another thread has called [#close].
  public void serve() {
    LOG.info(
        "engine {} ready in {} ms on {}",
        LocalEngine.VERSION,
        (System.nanoTime() - begin) / 1_000_000,
        settings.socket());
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public LocalEngine engine() {
    return engine;
  }

  /// Stops serving. Containers go on.
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    server.close();
    engine.close();
    try {
      Files.deleteIfExists(settings.socket());
      Files.deleteIfExists(settings.pidFile());
    } catch (IOException e) {
      LOG.warn("cannot remove {}", settings.socket(), e);
    }
    closed.countDown();
  }

  /// Runs a daemon in a JVM of its own: `[--socket PATH] [--data-root PATH] [--config-file PATH]
  /// [--detached]`.
  public static void main(String[] arguments) {
    Optional<Path> socket = Optional.empty();
    Optional<Path> dataRoot = Optional.empty();
    Optional<Path> file = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--detached" -> Session.leave();
        case "--socket" -> socket = Optional.of(Path.of(value(arguments, ++i)));
        case "--data-root" -> dataRoot = Optional.of(Path.of(value(arguments, ++i)));
        case "--config-file" -> file = Optional.of(Path.of(value(arguments, ++i)));
        default -> throw new IllegalArgumentException("unknown argument " + arguments[i]);
      }
    }
    Daemon daemon = open(DaemonSettings.of(socket, dataRoot, file));
    Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "shutdown"));
    daemon.serve();
  }

  private static String value(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
    }
    return arguments[index];
  }
}
