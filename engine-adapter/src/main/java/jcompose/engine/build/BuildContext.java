package jcompose.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import jcompose.engine.archive.Compression;
import jcompose.engine.archive.UnpackLimits;
import jcompose.engine.build.tree.ContentDigests;
import jcompose.engine.build.tree.FolderTree;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.build.tree.TarTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.build.tree.TreePaths;
import jcompose.engine.dockerfile.IgnoreRules;
import jcompose.engine.dockerfile.PathNames;
import jcompose.engine.host.files.FileCalls;

/// The files of a build, opened: the Dockerfile that is among them, and a tree of those that may be
/// copied.
final class BuildContext implements AutoCloseable {
  private static final int MAX_DOCKERFILE = 8 << 20;

  private final Optional<Path> folder;
  private final Optional<TarTree> tar;
  private final ContentDigests digests;
  private IgnoreRules rules = IgnoreRules.NONE;

  private BuildContext(Optional<Path> folder, Optional<TarTree> tar, ContentDigests digests) {
    this.folder = folder;
    this.tar = tar;
    this.digests = digests;
  }

  /// A tar is read to its end here.
  static BuildContext open(BuildContextSource source, Path spool, ContentDigests digests)
      throws IOException {
    return switch (source) {
      case BuildContextSource.Folder(Path path) ->
          new BuildContext(Optional.of(path), Optional.empty(), digests);
      case BuildContextSource.Empty() ->
          new BuildContext(
              Optional.empty(),
              Optional.of(readTar(InputStream.nullInputStream(), spool, false)),
              digests);
      case BuildContextSource.Tar(InputStream stream) -> {
        try (stream) {
          yield new BuildContext(
              Optional.empty(), Optional.of(readTar(stream, spool, false)), digests);
        }
      }
    };
  }

  /// @param keepOwners or else all belongs to root
  static TarTree readTar(InputStream stream, Path spool, boolean keepOwners) throws IOException {
    return TarTree.read(
        Compression.decompressed(stream),
        spool.resolve(UUID.randomUUID().toString()),
        keepOwners,
        UnpackLimits.DEFAULT);
  }

  /// A file's text whatever .dockerignore says.
  Optional<String> text(String path) throws IOException {
    String bytes = FileCalls.bytes(PathNames.belowRoot(path));
    Optional<byte[]> content;
    if (tar.isPresent()) {
      content = tar.get().contentIgnoringRules(bytes, MAX_DOCKERFILE);
    } else {
      try (var all = new FolderTree(folder.orElseThrow(), IgnoreRules.NONE, digests)) {
        content = read(all, bytes);
      }
    }
    return content.map(it -> new String(it, StandardCharsets.UTF_8));
  }

  private static Optional<byte[]> read(SourceTree tree, String path) throws IOException {
    Optional<TreeNode> node = TreePaths.find(tree, path, true).filter(TreeNode::isFile);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get().entry().size() > MAX_DOCKERFILE) {
      throw new IOException("file is too large: " + FileCalls.shown(path));
    }
    var bytes = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    try (var content = tree.open(node.get())) {
      for (int n = content.read(buffer, 0, buffer.length);
          n >= 0 && bytes.size() <= MAX_DOCKERFILE;
          n = content.read(buffer, 0, buffer.length)) {
        bytes.write(buffer, 0, n);
      }
    }
    return Optional.of(bytes.toByteArray());
  }

  /// Reads `NAME.dockerignore` beside the Dockerfile or else `.dockerignore`, and leaves out what
  /// it says from now on.
  ///
  /// @throws IllegalArgumentException when a pattern is malformed
  void ignoreWhatItSays(String dockerfile) throws IOException {
    Optional<String> text = text(dockerfile + ".dockerignore").or(() -> unchecked(".dockerignore"));
    rules = text.map(IgnoreRules::parse).orElse(IgnoreRules.NONE);
    tar.ifPresent(it -> it.ignore(rules));
  }

  private Optional<String> unchecked(String path) {
    try {
      return text(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The files that may be copied. The tree is the caller's thread's; closing it is the caller's.
  SourceTree tree() throws IOException {
    if (folder.isPresent()) {
      return new FolderTree(folder.get(), rules, digests);
    }
    return tar.orElseThrow().shared();
  }

  @Override
  public void close() {
    tar.ifPresent(TarTree::close);
  }
}
