package jcompose.cli.watch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.archive.TarWriter;
import jcompose.engine.host.files.FileCalls;

/// Files under the names they have in a container, as a tar to unpack at its root. All belong to
/// root, as what a Dockerfile copies.
final class SyncArchive {
  private SyncArchive() {}

  /// @param files from paths here to absolute paths there; what is gone is left out
  static void write(Map<Path, String> files, OutputStream to) throws IOException {
    try (OutputStream out = new BufferedOutputStream(to, 1 << 16);
        var tar = new TarWriter(out)) {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        add(file.getKey(), FileCalls.bytes(file.getValue().replaceFirst("^/+", "")), tar);
      }
    }
  }

  private static void add(Path file, String name, TarWriter tar) throws IOException {
    try {
      if (Files.isSymbolicLink(file)) {
        String target = FileCalls.bytes(Files.readSymbolicLink(file).toString());
        tar.begin(link(name, target));
      } else if (Files.isDirectory(file)) {
        tar.begin(TarEntry.directory(name, permissions(file)));
      } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        contents(file, name, tar);
      }
    } catch (NoSuchFileException e) {
      // it went since it changed: the next batch tells so
    }
  }

  /// The file may grow or shrink while it is read, but the archive has said its size.
  private static void contents(Path file, String name, TarWriter tar) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readAllBytes();
    }
    tar.file(TarEntry.file(name, permissions(file), bytes.length), bytes);
  }

  private static TarEntry link(String name, String target) {
    return new TarEntry(
        name,
        TarEntry.Type.SYMLINK,
        target,
        0777,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        java.util.Optional.empty());
  }

  private static int permissions(Path file) throws IOException {
    Set<PosixFilePermission> set = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    int bits = 0;
    for (PosixFilePermission each : set) {
      bits |=
          switch (each) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 040;
            case GROUP_WRITE -> 020;
            case GROUP_EXECUTE -> 010;
            case OTHERS_READ -> 04;
            case OTHERS_WRITE -> 02;
            case OTHERS_EXECUTE -> 01;
          };
    }
    return bits;
  }
}
