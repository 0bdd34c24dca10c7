package jcompose.engine.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import jcompose.core.engine.LogSink;
import org.jspecify.annotations.Nullable;

/// An attachment over a connection of its own.
final class MonitorAttachment implements Attachment {
  private final MonitorChannel channel;
  private final boolean input;
  private final Consumer<MonitorMessage> messages;
  private final Runnable atEnd;
  private final CompletableFuture<@Nullable Void> taken = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /// @param messages gets those that come between the output, on the forwarding thread
  /// @param atEnd runs once when nothing more will be taken, while the connection still holds
  MonitorAttachment(
      MonitorChannel channel, boolean input, Consumer<MonitorMessage> messages, Runnable atEnd) {
    this.channel = channel;
    this.input = input;
    this.messages = messages;
    this.atEnd = atEnd;
  }

  @Override
  public OutputStream stdin() {
    return new OutputStream() {
      private boolean ended;

      @Override
      public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!input || ended) {
          throw new IOException(
              ended ? "standard input was closed" : "standard input was not asked for");
        }
        if (length > 0) {
          channel.sendInput(bytes, offset, length);
        }
      }

      @Override
      public void close() throws IOException {
        if (input && !ended) {
          ended = true;
          channel.sendInput(new byte[0], 0, 0);
        }
      }
    };
  }

  @Override
  public void forwardTo(LogSink sink) {
    if (!taken.complete(null)) {
      throw new IllegalStateException("the output was already taken");
    }
    byte[] bytes = new byte[8192];
    try {
      while (true) {
        MonitorChannel.Frame frame = channel.read();
        if (frame.kind() == MonitorChannel.MESSAGE) {
          messages.accept(frame.message());
          continue;
        }
        ByteBuffer payload = frame.payload();
        int length = payload.remaining();
        if (bytes.length < length) {
          bytes = new byte[MonitorChannel.DATA_MAXIMUM];
        }
        payload.get(bytes, 0, length);
        sink.write(
            frame.kind() == MonitorChannel.STDERR ? LogSink.Stream.STDERR : LogSink.Stream.STDOUT,
            bytes,
            0,
            length);
      }
    } catch (IOException e) {
      // the process closed its output, or this attachment was closed: both are the end
    } finally {
      end();
    }
  }

  /// What the monitor knows of an ended process it forgets with the last connection to it: who
  /// still wants to know connects before this one closes.
  private void end() {
    if (over.compareAndSet(false, true)) {
      try {
        atEnd.run();
      } finally {
        channel.close();
      }
    }
  }

  @Override
  public void close() {
    taken.complete(null);
    end();
  }
}
