package jcompose.cli.copy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jcompose.core.engine.ContainerFiles;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.FileInfo;
import jcompose.engine.archive.TarCopy;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.archive.TarReader;
import jcompose.engine.archive.TreeUnpacker;
import jcompose.engine.archive.UnpackLimits;
import jcompose.engine.archive.Whiteouts;
import jcompose.engine.host.files.FileCalls;

/// Copies a file or folder out of a container.
public final class CopyOut {
  private static final int BUFFER = 1 << 16;

  private final ContainerFiles files;
  private final boolean follow;
  private final boolean owners;

  /// @param follow copies what a link leads to, under the link's name
  /// @param owners keeps those of the container; without it all belongs to the caller
  public CopyOut(ContainerFiles files, boolean follow, boolean owners) {
    this.files = files;
    this.follow = follow;
    this.owners = owners;
  }

  /// Writes the tar as it comes.
  public void toStream(ContainerId id, String path, OutputStream out) {
    try (InputStream tar = files.read(id, source(id, path))) {
      tar.transferTo(out);
      out.flush();
    } catch (IOException e) {
      throw new CopyFailed("copying " + path + " broke off: " + e.getMessage(), e);
    }
  }

  /// @param target absolute; what the caller wrote ends in a slash where `slash` says so
  public void toFolder(ContainerId id, String path, Path target, boolean slash) {
    FileInfo source =
        files
            .find(id, source(id, path))
            .orElseThrow(
                () -> new CopyFailed("Could not find the file " + path + " in container " + id));
    boolean contents = path.endsWith("/.");
    Path folder;
    String top;
    if (Files.isDirectory(target)) {
      folder = target;
      top = contents ? "" : name(path, source);
    } else if (Files.exists(target)) {
      if (source.folder()) {
        throw new CopyFailed("cannot copy directory: " + target + " is no directory");
      }
      folder = parent(target);
      top = String.valueOf(target.getFileName());
    } else {
      if (slash && !source.folder()) {
        throw new CopyFailed("no such directory: " + target);
      }
      folder = parent(target);
      top = String.valueOf(target.getFileName());
    }
    try (InputStream tar = files.read(id, source(id, path))) {
      unpack(tar, folder, new Renaming(FileCalls.bytes(top)));
    } catch (IOException e) {
      throw new CopyFailed("cannot copy " + path + " to " + target + ": " + e.getMessage(), e);
    }
  }

  private static String name(String path, FileInfo source) {
    Path name = Path.of("/", path).normalize().getFileName();
    return name == null ? source.name().replace("/", "") : name.toString();
  }

  private static Path parent(Path target) {
    Path parent = Optional.ofNullable(target.getParent()).orElse(target);
    if (!Files.isDirectory(parent)) {
      throw new CopyFailed("invalid output path: directory \"" + parent + "\" does not exist");
    }
    return parent;
  }

  /// What is read: the path, or with `-L` where it leads.
  private String source(ContainerId id, String path) {
    return follow ? Links.followed(files, id, path) : path;
  }

  /// Names and owners are changed on a thread of its own, between the engine and the disk.
  private void unpack(InputStream tar, Path folder, Renaming renaming) throws IOException {
    UnaryOperator<TarEntry> change = owners ? renaming : it -> Owner.mine(renaming.apply(it));
    try (var pipe = new PipedInputStream(BUFFER)) {
      var changed = new PipedOutputStream(pipe);
      Pump pump = Pump.start(() -> change(tar, changed, change));
      try (var unpacker = new TreeUnpacker(folder, Whiteouts.PLAIN, UnpackLimits.DEFAULT)) {
        unpacker.unpack(new TarReader(new BufferedInputStream(pipe, BUFFER)));
      } catch (IOException e) {
        pump.failed().ifPresent(e::addSuppressed);
        throw e;
      }
      pipe.transferTo(OutputStream.nullOutputStream());
      pump.check();
    }
  }

  private static void change(
      InputStream tar, PipedOutputStream changed, UnaryOperator<TarEntry> change)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(changed, BUFFER)) {
      TarCopy.copy(new BufferedInputStream(tar, BUFFER), out, change);
    }
  }
}
