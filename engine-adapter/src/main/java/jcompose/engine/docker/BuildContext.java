package jcompose.engine.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.BuildSpec;
import org.jspecify.annotations.Nullable;

/// What a build sends to the daemon: the folder less what .dockerignore leaves out, and the
/// Dockerfile though it may come from elsewhere.
///
/// @param dockerfile the path that it has in the archive
/// @param ownDockerfile its text where it is not in the folder
record BuildContext(
    Path folder, String dockerfile, Optional<byte[]> ownDockerfile, IgnorePatterns ignored) {
  private static final int PIPE_BYTES = 256 * 1024;

  static BuildContext of(BuildSpec spec) {
    Path folder = spec.context().toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new EngineException.Invalid(
          "unable to prepare context: path \"" + folder + "\" not found");
    }
    try {
      if (spec.inlineDockerfile().isPresent()) {
        byte[] text = spec.inlineDockerfile().get().getBytes(StandardCharsets.UTF_8);
        return new BuildContext(
            folder, freshName(), Optional.of(text), ignored(folder, Optional.empty()));
      }
      Path file = folder.resolve(spec.dockerfile()).normalize();
      if (!Files.isRegularFile(file)) {
        throw new EngineException.Invalid(
            "failed to read dockerfile: " + file + ": no such file or directory");
      }
      IgnorePatterns ignored = ignored(folder, Optional.of(file));
      return file.startsWith(folder)
          ? new BuildContext(folder, folder.relativize(file).toString(), Optional.empty(), ignored)
          : new BuildContext(folder, freshName(), Optional.of(Files.readAllBytes(file)), ignored);
    } catch (IOException e) {
      throw new EngineException.Invalid("cannot read the build context: " + e.getMessage());
    }
  }

  private static String freshName() {
    return ".dockerfile." + UUID.randomUUID().toString().substring(0, 8);
  }

  /// A Dockerfile's own `NAME.dockerignore` beside it wins over the folder's.
  private static IgnorePatterns ignored(Path folder, Optional<Path> dockerfile) throws IOException {
    Optional<Path> own =
        dockerfile.map(it -> it.resolveSibling(it.getFileName() + ".dockerignore"));
    Path file = own.filter(Files::isRegularFile).orElse(folder.resolve(".dockerignore"));
    return Files.isRegularFile(file)
        ? IgnorePatterns.parse(Files.readString(file))
        : IgnorePatterns.NONE;
  }

  /// The archive as a stream, written while it is read.
  Archive archive() {
    return new Archive(this);
  }

  /// A tar on its way.
  static final class Archive extends InputStream {
    private final PipedInputStream pipe = new PipedInputStream(PIPE_BYTES);
    private final Thread writer;
    private volatile @Nullable IOException failure;

    private Archive(BuildContext context) {
      PipedOutputStream output = new PipedOutputStream();
      try {
        output.connect(pipe);
      } catch (IOException e) {
        throw new AssertionError("a new pipe connects", e);
      }
      writer =
          Thread.ofVirtual()
              .name("build-context")
              .start(
                  () -> {
                    try (output) {
                      new ContextTar(context).write(output);
                    } catch (IOException e) {
                      failure = e;
                    } catch (RuntimeException | Error e) {
                      failure = new IOException(e);
                      throw e;
                    }
                  });
    }

    /// Why the archive ends too early, once it has ended.
    Optional<IOException> failure() {
      return Optional.ofNullable(failure);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = pipe.read(bytes, offset, length);
      IOException broken = failure;
      if (count < 0 && broken != null) {
        throw broken;
      }
      return count;
    }

    @Override
    public void close() {
      try {
        pipe.close();
      } catch (IOException e) {
        // closing a pipe frees nothing
      }
      writer.interrupt();
    }
  }
}
