package jcompose.engine.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.FileInfo;
import jcompose.engine.host.files.FileStatus;

/// Files of containers for the port: what [ContainerFiles] writes is read here.
public final class LocalFiles implements jcompose.core.engine.ContainerFiles {
  private static final int BUFFER = 1 << 16;

  private final ContainerFiles files;

  LocalFiles(ContainerFiles files) {
    this.files = files;
  }

  @Override
  public Optional<FileInfo> find(ContainerId id, String path) {
    try {
      var found = files.find(id.value(), path);
      boolean link = found.status().type() == FileStatus.SYMLINK;
      return Optional.of(
          new FileInfo(
              found.name(),
              found.status().isDirectory(),
              link ? Optional.of(found.linkTarget()) : Optional.empty()));
    } catch (EngineException.NotFound e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream read(ContainerId id, String path) {
    return piped(listener -> files.pack(id.value(), path, listener));
  }

  @Override
  public void write(ContainerId id, String folder, InputStream tar, boolean asUser) {
    files.unpack(id.value(), folder, new ContainerFiles.UnpackOptions(false, asUser), tar);
  }

  @Override
  public InputStream export(ContainerId id) {
    return piped(listener -> files.export(id.value(), listener));
  }

  @FunctionalInterface
  private interface Packing {
    void into(ContainerFiles.FoundListener listener);
  }

  /// Packs on a thread of its own. What fails before the first byte fails here, what fails later
  /// breaks the stream off.
  private static InputStream piped(Packing packing) {
    var source = new PipedInputStream(BUFFER);
    var pipe = new BrokenPipe(source);
    var begun = new CompletableFuture<Void>();
    Thread.ofPlatform()
        .daemon()
        .name("pack")
        .start(
            () -> {
              try (OutputStream out = new PipedOutputStream(source)) {
                pack(packing, new LeftOpen(out), pipe, begun);
              } catch (IOException e) {
                begun.completeExceptionally(e); // the reader has left
              }
            });
    try {
      begun.get();
      return pipe;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while packing files", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new EngineException.Failed("cannot pack files: " + e.getMessage(), e);
    }
  }

  private static void pack(
      Packing packing, OutputStream out, BrokenPipe pipe, CompletableFuture<Void> begun) {
    try {
      packing.into(
          _ -> {
            begun.complete(null);
            return out;
          });
    } catch (RuntimeException e) {
      pipe.failure = new IOException(e.getMessage(), e);
      begun.completeExceptionally(e);
    }
  }

  /// The end of a tar is no end of the pipe: whether all went well is not known yet.
  private static final class LeftOpen extends java.io.FilterOutputStream {
    LeftOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /// Ends with the failure of the one who writes.
  private static final class BrokenPipe extends FilterInputStream {
    private volatile @org.jspecify.annotations.Nullable IOException failure;

    BrokenPipe(InputStream source) {
      super(source);
    }

    @Override
    public int read() throws IOException {
      return checked(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return checked(super.read(into, offset, length));
    }

    private int checked(int count) throws IOException {
      IOException failed = failure;
      if (count < 0 && failed != null) {
        throw failed;
      }
      return count;
    }
  }
}
