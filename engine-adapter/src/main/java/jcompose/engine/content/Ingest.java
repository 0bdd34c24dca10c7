package jcompose.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/// A blob that is arriving: one writer, and readers that follow it, so that a layer can be unpacked
/// while it is downloaded. The bytes go to a file beside the store and are hashed on the way; what
/// arrived before an interruption is taken up again.
///
/// The writer calls [#write] and at last [#commit], or [#fail]. Readers see the bytes before they
/// are verified, and the end of the stream only after: what they do with them is to count only
/// then.
public final class Ingest implements AutoCloseable {
  private final Descriptor blob;
  private final Path partial;
  private final Path target;
  private final FileChannel channel;
  private MessageDigest sum;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long written;
  private boolean committed;
  private @Nullable IOException failure;

  Ingest(Descriptor blob, Path partial, Path target) throws IOException {
    this.blob = blob;
    this.partial = partial;
    this.target = target;
    this.sum = blob.digest().newComputation();
    this.channel =
        FileChannel.open(
            partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    takeUp();
  }

  private void takeUp() throws IOException {
    if (channel.size() > blob.size()) {
      channel.truncate(0);
    }
    var buffer = ByteBuffer.allocate(1 << 17);
    while (channel.read(buffer, written) > 0) {
      written += buffer.position();
      sum.update(buffer.flip());
      buffer.clear();
    }
    channel.position(written);
  }

  public Descriptor blob() {
    return blob;
  }

  /// How many bytes are here; the writer goes on from there.
  public long offset() {
    lock.lock();
    try {
      return written;
    } finally {
      lock.unlock();
    }
  }

  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > blob.size() - written) {
      throw new IOException(
          "blob " + blob.digest() + " has more than the " + blob.size() + " bytes announced");
    }
    var buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    sum.update(bytes, offset, length);
    lock.lock();
    try {
      written += length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Verifies the blob and moves it into the store.
  ///
  /// @throws IOException when it is not what its digest or size says; its bytes are then dropped
  public void commit() throws IOException {
    try {
      if (written != blob.size()) {
        throw new IOException(
            "blob " + blob.digest() + " ended after " + written + " of " + blob.size() + " bytes");
      }
      String actual = java.util.HexFormat.of().formatHex(sum.digest());
      if (!actual.equals(blob.digest().hex())) {
        Files.deleteIfExists(partial);
        throw new IOException(
            "filesystem layer verification failed for digest "
                + blob.digest()
                + ": the bytes received have "
                + new Digest(blob.digest().algorithm(), actual));
      }
      channel.force(true);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      fail(e);
      throw e;
    }
    lock.lock();
    try {
      committed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Tells readers that no more will come. The first reason counts.
  public void fail(IOException reason) {
    lock.lock();
    try {
      if (failure == null && !committed) {
        failure = reason;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The blob from its first byte, as it arrives.
  public InputStream follow() throws IOException {
    // A descriptor of its own: the writer's is closed when it is done.
    try {
      return new Follower(FileChannel.open(partial, StandardOpenOption.READ));
    } catch (NoSuchFileException moved) {
      return new Follower(FileChannel.open(target, StandardOpenOption.READ));
    }
  }

  /// Ends the writing; what arrived stays for the next time.
  @Override
  public void close() throws IOException {
    fail(new IOException("blob " + blob.digest() + ": the download was given up"));
    channel.close();
  }

  private final class Follower extends InputStream {
    private final FileChannel file;
    private long position;

    Follower(FileChannel file) {
      this.file = file;
    }

    /// Waits until there is a byte, or the end.
    private boolean await() throws IOException {
      lock.lock();
      try {
        while (written <= position && !committed && failure == null) {
          changed.await();
        }
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        return written > position;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new java.io.InterruptedIOException("interrupted while waiting for a blob");
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int available() throws IOException {
      return await() ? 1 : 0;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!await()) {
        return -1;
      }
      int count = file.read(ByteBuffer.wrap(into, offset, length), position);
      position += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
