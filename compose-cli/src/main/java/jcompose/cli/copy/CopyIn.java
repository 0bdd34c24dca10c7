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
import jcompose.core.engine.ContainerFiles;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.FileInfo;
import jcompose.engine.archive.TarCopy;
import jcompose.engine.archive.TarWriter;
import jcompose.engine.archive.TreePacker;
import jcompose.engine.archive.Whiteouts;
import jcompose.engine.host.files.FileCalls;

/// Copies a file or folder into a container.
public final class CopyIn {
  private static final int BUFFER = 1 << 16;

  private final ContainerFiles files;
  private final boolean follow;
  private final boolean owners;

  /// @param follow copies what a link leads to, under the link's name
  /// @param owners gives files the owner that the container runs as
  public CopyIn(ContainerFiles files, boolean follow, boolean owners) {
    this.files = files;
    this.follow = follow;
    this.owners = owners;
  }

  /// Unpacks a tar in a folder of the container.
  public void fromStream(ContainerId id, InputStream tar, String folder) {
    String to = Links.followed(files, id, folder);
    if (!files.find(id, to).map(FileInfo::folder).orElse(false)) {
      throw new CopyFailed(
          "destination \"" + id.shortId() + ":" + folder + "\" must be a directory");
    }
    files.write(id, to, tar, owners);
  }

  /// @param source absolute
  /// @param contents copies what is in the folder, not the folder: the caller's path ends in `/.`
  public void fromFolder(ContainerId id, Path source, boolean contents, String target) {
    Path real = real(source);
    boolean folder = Files.isDirectory(real);
    String to = Links.followed(files, id, target);
    Optional<FileInfo> there = files.find(id, to);
    Path clean = Path.of("/", to).normalize();
    String into;
    String top;
    if (there.map(FileInfo::folder).orElse(clean.getNameCount() == 0)) {
      into = to;
      top = contents ? "" : String.valueOf(source.getFileName());
    } else {
      if (there.isPresent() && folder) {
        throw new CopyFailed("cannot copy directory: " + target + " is no directory");
      }
      if (there.isEmpty() && !folder && target.endsWith("/")) {
        throw new CopyFailed("no such directory: " + target);
      }
      into = String.valueOf(clean.getParent());
      top = String.valueOf(clean.getFileName());
    }
    send(id, real, folder, into, FileCalls.bytes(top));
  }

  private Path real(Path source) {
    try {
      if (follow) {
        return source.toRealPath();
      }
    } catch (IOException e) {
      throw new CopyFailed("cannot follow " + source + ": " + e.getMessage(), e);
    }
    if (!Files.exists(source, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw new CopyFailed("lstat " + source + ": no such file or directory");
    }
    return source;
  }

  private void send(ContainerId id, Path source, boolean folder, String into, String top) {
    try (var tar = new PipedInputStream(BUFFER)) {
      var packed = new PipedOutputStream(tar);
      Pump pump = Pump.start(() -> pack(source, folder, top, packed));
      files.write(id, into, tar, owners);
      pump.check();
    } catch (IOException e) {
      throw new CopyFailed("cannot copy " + source + ": " + e.getMessage(), e);
    }
  }

  /// A folder's own entry is left out where only its contents are wanted.
  private static void pack(Path source, boolean folder, String top, PipedOutputStream packed)
      throws IOException {
    Path parent = Optional.ofNullable(source.getParent()).orElse(source);
    try (OutputStream out = new BufferedOutputStream(packed, BUFFER)) {
      if (folder && top.isEmpty()) {
        try (var tar = new TarWriter(out);
            var packer = new TreePacker(tar, Whiteouts.PLAIN)) {
          packer.addContents(source);
        }
        return;
      }
      String name = FileCalls.bytes(String.valueOf(source.getFileName()));
      renamed(parent, name, top, out);
    }
  }

  private static void renamed(Path parent, String name, String top, OutputStream out)
      throws IOException {
    try (var plain = new PipedInputStream(BUFFER)) {
      var packed = new PipedOutputStream(plain);
      Pump pump =
          Pump.start(
              () -> {
                try (OutputStream buffered = new BufferedOutputStream(packed, BUFFER);
                    var tar = new TarWriter(buffered);
                    var packer = new TreePacker(tar, Whiteouts.PLAIN)) {
                  packer.add(parent, name);
                }
              });
      TarCopy.copy(new BufferedInputStream(plain, BUFFER), out, new Renaming(top));
      pump.check();
    }
  }
}
