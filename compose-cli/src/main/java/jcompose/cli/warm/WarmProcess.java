package jcompose.cli.warm;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The warm JVM: runs the commands of one user, many at a time, until it has had nothing to do for
/// some minutes. It is started by `bin/jcompose` with a listening socket as standard input.
public final class WarmProcess {
  /// After this long without a command it ends.
  static final Duration IDLE_EXIT = Duration.ofMinutes(5);

  /// After this long it gives back the memory that the last commands left behind.
  static final Duration IDLE_COLLECT = Duration.ofSeconds(10);

  private static final long TICK_MILLIS = 1000;

  private final ServerSocketChannel listener;
  private final Path socket;
  private final @Nullable Object socketKey;
  private final AtomicInteger running = new AtomicInteger();
  private volatile long lastUse = System.nanoTime();

  private WarmProcess(ServerSocketChannel listener, Path socket) {
    this.listener = listener;
    this.socket = socket;
    this.socketKey = fileKey(socket);
  }

  /// @param arguments the path of the socket
  /// @throws IOException when standard input is no listening socket
  public static void main(String[] arguments) throws IOException {
    Channel inherited = System.inheritedChannel();
    if (arguments.length != 1 || !(inherited instanceof ServerSocketChannel listener)) {
      throw new IOException("bin/jcompose starts this process, with a listening socket");
    }
    new WarmProcess(listener, Path.of(arguments[0])).run();
    System.exit(0); // whatever a command left running
  }

  private void run() throws IOException {
    boolean collected = false;
    try (var selector = Selector.open()) {
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
      while (true) {
        selector.select(TICK_MILLIS);
        selector.selectedKeys().clear();
        acceptWaiting();
        long idle = running.get() > 0 ? 0 : System.nanoTime() - lastUse;
        if (idle > IDLE_EXIT.toNanos() || (idle > 0 && !reachable())) {
          break;
        }
        if (idle < IDLE_COLLECT.toNanos()) {
          collected = false;
        } else if (!collected) {
          System.gc();
          collected = true;
        }
      }
    }
    retire();
  }

  /// From here on a new caller finds no socket and starts another JVM; who has connected already is
  /// served.
  private void retire() throws IOException {
    if (reachable()) {
      Files.deleteIfExists(socket);
    }
    acceptWaiting();
    while (running.get() > 0) {
      try {
        Thread.sleep(TICK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void acceptWaiting() throws IOException {
    for (SocketChannel caller = listener.accept(); caller != null; caller = listener.accept()) {
      SocketChannel accepted = caller;
      running.incrementAndGet();
      Thread.ofVirtual().start(() -> serve(accepted));
    }
  }

  private void serve(SocketChannel caller) {
    try {
      new WarmCall(caller).serve();
    } catch (IOException e) {
      // a caller that went before it said anything, or none of ours
    } finally {
      lastUse = System.nanoTime();
      running.decrementAndGet();
    }
  }

  /// Whether the socket's name still leads to this process.
  private boolean reachable() {
    return socketKey != null && socketKey.equals(fileKey(socket));
  }

  private static @Nullable Object fileKey(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
