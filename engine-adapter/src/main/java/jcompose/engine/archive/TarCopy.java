package jcompose.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/// Copies a tar with its members changed on the way.
public final class TarCopy {
  private static final int BUFFER = 1 << 16;

  private TarCopy() {}

  /// Copies up to the archive's end.
  ///
  /// @param change may alter all but the size and what goes with it
  public static void copy(InputStream from, OutputStream to, UnaryOperator<TarEntry> change)
      throws IOException {
    var reader = new TarReader(from);
    byte[] buffer = new byte[BUFFER];
    try (var writer = new TarWriter(to)) {
      for (var entry = reader.next(); entry != null; entry = reader.next()) {
        if (entry.extents().isPresent()) {
          throw new TarFormatException("sparse files cannot be copied: " + entry.name());
        }
        writer.begin(change.apply(entry));
        for (int n = reader.read(buffer, 0, BUFFER); n >= 0; n = reader.read(buffer, 0, BUFFER)) {
          writer.write(buffer, 0, n);
        }
      }
    }
    reader.drain();
  }

  /// An entry under another name.
  ///
  /// @param target of a link
  public static TarEntry renamed(TarEntry it, String name, String target) {
    return new TarEntry(
        name,
        it.type(),
        target,
        it.permissions(),
        it.uid(),
        it.gid(),
        it.size(),
        it.seconds(),
        it.nanos(),
        it.major(),
        it.minor(),
        it.attributes(),
        it.extents());
  }

  /// An entry of another owner.
  public static TarEntry owned(TarEntry it, int uid, int gid) {
    return new TarEntry(
        it.name(),
        it.type(),
        it.target(),
        it.permissions(),
        uid,
        gid,
        it.size(),
        it.seconds(),
        it.nanos(),
        it.major(),
        it.minor(),
        it.attributes(),
        it.extents());
  }
}
