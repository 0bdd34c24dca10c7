package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogRequest;
import jcompose.core.engine.LogSink;
import org.jspecify.annotations.Nullable;

/// Reads the log files that monitors write.
public final class LogFileReader implements ContainerLog {
  private static final int CHUNK = 1 << 18;
  private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(50);

  @Override
  public void read(
      Path file,
      LogRequest request,
      Optional<String> prefix,
      CompletableFuture<?> ended,
      LogSink sink) {
    try {
      var printer = new LogPrinter(sink, request.timestamps(), prefix);
      new Reading(new LogFiles(file), request, ended, printer).run();
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new EngineException.Failed("cannot read the log " + file + ": " + e.getMessage(), e);
    }
  }

  /// One request on its way through the files.
  private static final class Reading {
    private final LogFiles files;
    private final LogRequest request;
    private final CompletableFuture<?> ended;
    private final LogPrinter printer;
    private final long since;
    private final long until;
    private ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

    Reading(LogFiles files, LogRequest request, CompletableFuture<?> ended, LogPrinter printer) {
      this.files = files;
      this.request = request;
      this.ended = ended;
      this.printer = printer;
      this.since = request.since().map(Reading::nanoseconds).orElse(Long.MIN_VALUE);
      this.until = request.until().map(Reading::nanoseconds).orElse(Long.MAX_VALUE);
    }

    private static long nanoseconds(Instant instant) {
      return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    void run() throws IOException {
      LogPosition position = waitForStart();
      if (position == null) {
        return;
      }
      LogFiles.@Nullable Open current = position.file();
      long offset = position.offset();
      int skip = position.skip();
      while (current != null) {
        boolean last =
            ended.isDone(); // asked before reading: what was written before the end is then read
        LogFiles.Open open = current;
        try {
          long next = readOn(open, offset, skip);
          if (next < 0) {
            return;
          }
          skip = next > offset ? 0 : skip;
          if (next > offset) {
            offset = next;
            continue;
          }
          Optional<LogFiles.Open> after = files.after(open);
          if (after.isPresent()) {
            // it may have grown between our reading it and its being turned over
            if (readOn(open, offset, skip) < 0) {
              return;
            }
            offset = 0;
            skip = 0;
            open.close();
            current = after.get();
            continue;
          }
        } catch (IOException e) {
          open.close();
          throw e;
        }
        if (!request.follow() || last || !waitForMore()) {
          open.close();
          return;
        }
      }
    }

    private @Nullable LogPosition waitForStart() throws IOException {
      while (true) {
        boolean last = ended.isDone();
        Optional<LogPosition> start =
            request.tail().isPresent() && request.tail().get() >= 0
                ? LogPosition.ofLastLines(files, request.tail().get())
                : files.first().map(file -> new LogPosition(file, 0, 0));
        if (start.isPresent()) {
          return start.get();
        }
        if (!request.follow() || last || !waitForMore()) {
          return null;
        }
      }
    }

    private long wait = SHORTEST_WAIT;

    /// False when the thread was interrupted.
    private boolean waitForMore() {
      LockSupport.parkNanos(wait);
      wait = Math.min(LONGEST_WAIT, wait * 2);
      return !Thread.currentThread().isInterrupted();
    }

    /// Hands over the whole records from `offset` on.
    ///
    /// @param skip bytes of the first record that are not wanted
    /// @return where to go on; -1 when the rest is too new to be wanted
    private long readOn(LogFiles.Open open, long offset, int skip) throws IOException {
      long at = offset;
      int cut = skip;
      while (true) {
        buffer.clear();
        int got = open.channel().read(buffer, at);
        if (got <= 0) {
          return at;
        }
        buffer.flip();
        long before = at;
        for (LogRecord log; (log = LogRecord.parse(buffer)) != null; at += log.size()) {
          wait = SHORTEST_WAIT;
          if (log.nanoseconds() > until) {
            return -1;
          }
          if (log.nanoseconds() >= since) {
            log.data().position(cut);
            printer.print(log);
          }
          cut = 0;
        }
        if (at == before) {
          if (got < buffer.capacity()) {
            return at; // half a record: its writer is at it
          }
          buffer = ByteBuffer.allocate(buffer.capacity() * 2);
        }
      }
    }
  }
}
