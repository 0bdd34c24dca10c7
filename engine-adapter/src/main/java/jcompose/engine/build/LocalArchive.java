package jcompose.engine.build;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import jcompose.engine.archive.Compression;
import jcompose.engine.archive.TarFormatException;
import jcompose.engine.archive.UnpackLimits;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.build.tree.TarTree;
import jcompose.engine.build.tree.TreeNode;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/// The tar that ADD unpacks, told by its content and not by its name: plain or compressed with
/// gzip, bzip2 or zstd.
final class LocalArchive {
  private static final int TAR_BLOCK = 512;
  private static final int MAGIC_AT = 257;
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

  private LocalArchive() {}

  /// @return absent when the file is no archive
  static Optional<SourceTree> open(SourceTree tree, TreeNode file, BuildFolders folders)
      throws IOException {
    if (file.entry().size() < 10) {
      return Optional.empty();
    }
    if (startsWith(tree, file, XZ)) {
      throw new IOException(
          "ADD cannot unpack xz archives; use gzip or zstd, or ADD --unpack=false");
    }
    try (InputStream in = decompressed(tree, file)) {
      var buffered = new BufferedInputStream(in, 1 << 16);
      buffered.mark(TAR_BLOCK);
      byte[] head = buffered.readNBytes(TAR_BLOCK);
      buffered.reset();
      if (!isTar(head)) {
        return Optional.empty();
      }
      return Optional.of(
          TarTree.read(
              buffered,
              folders.spool().resolve(UUID.randomUUID().toString()),
              true,
              UnpackLimits.DEFAULT));
    } catch (TarFormatException e) {
      throw new IOException("cannot unpack " + file.name() + ": " + e.getMessage(), e);
    }
  }

  private static InputStream decompressed(SourceTree tree, TreeNode file) throws IOException {
    if (startsWith(tree, file, new byte[] {'B', 'Z', 'h'})) {
      return new BZip2CompressorInputStream(new BufferedInputStream(stream(tree, file)), true);
    }
    return Compression.decompressed(stream(tree, file));
  }

  private static boolean startsWith(SourceTree tree, TreeNode file, byte[] magic)
      throws IOException {
    try (InputStream in = stream(tree, file)) {
      return java.util.Arrays.equals(in.readNBytes(magic.length), magic);
    }
  }

  private static boolean isTar(byte[] head) {
    if (head.length < TAR_BLOCK) {
      return false;
    }
    boolean ustar =
        head[MAGIC_AT] == 'u'
            && head[MAGIC_AT + 1] == 's'
            && head[MAGIC_AT + 2] == 't'
            && head[MAGIC_AT + 3] == 'a'
            && head[MAGIC_AT + 4] == 'r';
    return ustar || (head[0] != 0 && hasChecksum(head));
  }

  /// An old tar without a magic word still has the sum of its header.
  private static boolean hasChecksum(byte[] head) {
    int sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xff;
    }
    int told = 0;
    int digits = 0;
    for (int i = 148; i < 156; i++) {
      if (head[i] >= '0' && head[i] <= '7') {
        told = told * 8 + head[i] - '0';
        digits++;
      } else if (head[i] != ' ' && head[i] != 0) {
        return false;
      }
    }
    return digits > 0 && told == sum;
  }

  private static InputStream stream(SourceTree tree, TreeNode file) throws IOException {
    SourceTree.FileContent content = tree.open(file);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return length == 0 ? 0 : content.read(into, offset, length);
      }

      @Override
      public int available() {
        return 1; // a second gzip member may follow
      }

      @Override
      public void close() {
        content.close();
      }
    };
  }
}
