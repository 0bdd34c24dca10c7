package jcompose.engine.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogSink;
import jcompose.engine.daemon.http.RawStream;
import jcompose.engine.runtime.Attachment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connects a client's raw connection with a process: what it sends goes to standard input, output
/// comes back until the process has closed it or the client typed its detach keys.
final class HijackedSession {
  private static final Logger LOG = LoggerFactory.getLogger(HijackedSession.class);
  private static final Duration LEAVING = Duration.ofSeconds(2);
  static final String RAW = "application/vnd.docker.raw-stream";
  static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

  private final RawStream client;
  private final Attachment attachment;
  private volatile boolean detached;

  HijackedSession(RawStream client, Attachment attachment) {
    this.client = client;
    this.attachment = attachment;
  }

  static String contentType(ApiCall call, boolean tty) {
    boolean upgrade = call.request().headerHas("connection", "upgrade");
    return tty || !upgrade || !call.version().atLeast(42) ? RAW : MULTIPLEXED;
  }

  /// Runs until the output has ended.
  ///
  /// @param beforeEnd runs before the client learns that the output has ended
  /// @return whether the client detached
  boolean run(boolean stdin, DetachKeys keys, LogSink sink, Runnable beforeEnd) {
    @Nullable Thread input = null;
    if (stdin) {
      input = Thread.ofVirtual().name("stdin").start(() -> copyInput(keys));
    }
    try {
      attachment.forwardTo(sink);
      if (!detached) {
        beforeEnd.run();
        client.closeOutput();
        attachment.close();
        awaitLeave(input);
      }
    } catch (UncheckedIOException | IOException e) {
      LOG.debug("client of an attached session is gone: {}", e.toString());
    } finally {
      attachment.close();
      client.abort();
    }
    if (input != null) {
      try {
        input.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return detached;
  }

  /// A client that is still sending would take the end of the connection for its failure: it gets
  /// the time to see that the output has ended.
  private static void awaitLeave(@Nullable Thread input) {
    try {
      if (input != null && !input.join(LEAVING)) {
        LOG.debug("a client keeps a session that has ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void discardInput(byte[] buffer) {
    try {
      while (client.input().read(buffer) >= 0) {}
    } catch (IOException e) {
      LOG.debug("the client is gone: {}", e.toString());
    }
  }

  private void copyInput(DetachKeys keys) {
    byte[] buffer = new byte[8192];
    try (OutputStream stdin = attachment.stdin()) {
      for (int count = client.input().read(buffer); count >= 0; ) {
        if (keys.seen(buffer, count)) {
          detached = true;
          attachment.close();
          return;
        }
        stdin.write(buffer, 0, count);
        stdin.flush();
        count = client.input().read(buffer);
      }
    } catch (IOException | EngineException e) {
      LOG.debug("standard input of an attached session ended: {}", e.toString());
      discardInput(buffer);
    }
  }
}
