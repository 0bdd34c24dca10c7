package jcompose.engine.build.tree;

import java.util.Map;
import java.util.Optional;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.host.files.FileStatus;

/// stat(2)'s words in those of archives.
final class StatusEntries {
  private StatusEntries() {}

  /// @return absent for sockets, which no layer can hold
  static Optional<TarEntry> entry(
      FileStatus status, String target, Map<String, byte[]> attributes) {
    TarEntry.Type type;
    switch (status.type()) {
      case FileStatus.REGULAR -> type = TarEntry.Type.FILE;
      case FileStatus.DIRECTORY -> type = TarEntry.Type.DIRECTORY;
      case FileStatus.SYMLINK -> type = TarEntry.Type.SYMLINK;
      case FileStatus.CHARACTER -> type = TarEntry.Type.CHARACTER_DEVICE;
      case FileStatus.BLOCK -> type = TarEntry.Type.BLOCK_DEVICE;
      case FileStatus.FIFO -> type = TarEntry.Type.FIFO;
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(
        new TarEntry(
            "",
            type,
            target,
            status.permissions(),
            status.uid(),
            status.gid(),
            type == TarEntry.Type.FILE ? status.size() : 0,
            status.seconds(),
            status.nanos(),
            (int) (status.node() >>> 32),
            (int) status.node(),
            attributes,
            Optional.empty()));
  }
}
