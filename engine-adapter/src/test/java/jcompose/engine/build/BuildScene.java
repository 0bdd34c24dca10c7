package jcompose.engine.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageId;
import jcompose.engine.build.tree.LayersTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.content.BlobStore;
import jcompose.engine.content.DataRoot;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.image.DiskImageStore;
import jcompose.engine.image.StoredImage;
import jcompose.engine.snapshot.OverlayLayout;
import jcompose.engine.snapshot.OverlaySnapshotter;
import jcompose.engine.snapshot.Snapshotter;

/// A builder on a data root of its own, and a context folder with a static busybox in it.
final class BuildScene implements AutoCloseable {
  static final Path BUSYBOX = Path.of("/bin/busybox");

  final Path folder;
  final Path context;
  final UnshareStepRunner runner = new UnshareStepRunner();
  Snapshotter snapshots;
  DiskImageStore images;
  DockerfileBuilder builder;
  RecordedOutput output = new RecordedOutput();

  BuildScene() {
    try {
      folder = Files.createTempDirectory("jcompose-build-");
      context = Files.createDirectory(folder.resolve("context"));
      Files.copy(BUSYBOX, context.resolve("busybox"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    snapshots = openSnapshots();
    images = openImages();
    builder = openBuilder();
  }

  private Snapshotter openSnapshots() {
    return new OverlaySnapshotter(new DataRoot(folder.resolve("data")));
  }

  private DiskImageStore openImages() {
    var root = new DataRoot(folder.resolve("data"));
    return new DiskImageStore(root, new BlobStore(root), snapshots);
  }

  private DockerfileBuilder openBuilder() {
    return DockerfileBuilder.open(
        folder.resolve("data/build"),
        images,
        snapshots,
        (reference, _, _, _) -> {
          throw new EngineException.NotFound("pull access denied for " + reference.familiarName());
        },
        runner);
  }

  /// As after a restart of the daemon.
  void restart() {
    snapshots = openSnapshots();
    images = openImages();
    builder = openBuilder();
  }

  void file(String path, String content) throws IOException {
    Path file = context.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  ImageId build(String dockerfile) throws InterruptedException {
    return build(dockerfile, it -> it);
  }

  ImageId build(String dockerfile, UnaryOperator<BuildRequest.Builder> options)
      throws InterruptedException {
    output = new RecordedOutput();
    var request =
        BuildRequest.of(new BuildContextSource.Folder(context))
            .dockerfileText(Optional.of(dockerfile));
    return builder.build(options.apply(request).build(), output);
  }

  StoredImage image(ImageId id) {
    return images.find(id).orElseThrow();
  }

  /// `path type mode uid:gid size [-> target]`, one line each, sorted, without the files of
  /// busybox.
  List<String> tree(ImageId id) throws IOException {
    OverlayLayout layout = snapshots.prepare("look", image(id).layers());
    var lines = new ArrayList<String>();
    try (var tree = new LayersTree(layout.lowerPaths())) {
      list(tree, tree.at("").orElseThrow(), lines);
    } finally {
      snapshots.remove("look");
    }
    return lines;
  }

  private static void list(LayersTree tree, TreeNode folder, List<String> lines)
      throws IOException {
    for (TreeNode node : tree.children(folder)) {
      var entry = node.entry();
      lines.add(
          "/%s %s %o %d:%d%s"
              .formatted(
                  node.path(),
                  entry.type().name().toLowerCase(),
                  entry.permissions(),
                  entry.uid(),
                  entry.gid(),
                  node.isLink() ? " -> " + entry.target() : ""));
      if (node.isFolder()) {
        list(tree, node, lines);
      }
    }
  }

  String read(ImageId id, String path) throws IOException {
    OverlayLayout layout = snapshots.prepare("look", image(id).layers());
    try (var tree = new LayersTree(layout.lowerPaths())) {
      var text = new java.io.ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      try (var content = tree.open(tree.at(path).orElseThrow())) {
        for (int n = content.read(buffer, 0, 4096); n >= 0; n = content.read(buffer, 0, 4096)) {
          text.write(buffer, 0, n);
        }
      }
      return text.toString(java.nio.charset.StandardCharsets.UTF_8);
    } finally {
      snapshots.remove("look");
    }
  }

  @Override
  public void close() {
    try {
      FileTree.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
