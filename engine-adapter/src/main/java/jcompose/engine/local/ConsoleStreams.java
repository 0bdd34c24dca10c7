package jcompose.engine.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import jcompose.core.engine.Console;
import jcompose.engine.runtime.Attachment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connects a caller's console with a program in a container.
final class ConsoleStreams {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleStreams.class);
  private static final int BUFFER_BYTES = 8192;

  private ConsoleStreams() {}

  /// Returns when the output has ended.
  static void connect(Attachment attachment, Console console, Console.WindowSize size) {
    console.connected().accept(size);
    console
        .input()
        .ifPresent(
            input -> Thread.ofVirtual().name("console-input").start(() -> copy(input, attachment)));
    attachment.forwardTo(console.output());
  }

  private static void copy(InputStream from, Attachment to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream stdin = to.stdin()) {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        stdin.write(buffer, 0, count);
        stdin.flush();
      }
    } catch (IOException e) {
      LOG.debug("standard input of a program ended: {}", e.toString());
    }
  }
}
