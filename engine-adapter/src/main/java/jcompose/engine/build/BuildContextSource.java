package jcompose.engine.build;

import java.io.InputStream;
import java.nio.file.Path;

/// Where the files come from that a Dockerfile copies.
public sealed interface BuildContextSource {
  /// A folder of this machine, read in place. Its .dockerignore holds.
  record Folder(Path path) implements BuildContextSource {}

  /// A tar, plain or compressed with gzip, bzip2, xz or zstd, as clients of `POST /build` send it.
  /// It is spooled below the data root, and nothing in it is trusted.
  record Tar(InputStream stream) implements BuildContextSource {}

  /// No files at all.
  record Empty() implements BuildContextSource {}
}
