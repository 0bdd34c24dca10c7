package jcompose.engine.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jcompose.engine.build.tree.LayersTree;
import jcompose.engine.oci.DiffId;
import jcompose.engine.snapshot.OverlayLayout;
import jcompose.engine.snapshot.Snapshotter;

/// The layers of a build: made in a snapshot each, and read without mounting them.
final class Layers {
  private static final String PREFIX = "build-";

  private final Snapshotter snapshots;

  Layers(Snapshotter snapshots) {
    this.snapshots = snapshots;
  }

  /// Removes the snapshots of builds that were killed.
  void removeLeftOvers() {
    for (String key : snapshots.keys()) {
      if (key.startsWith(PREFIX)) {
        snapshots.remove(key);
      }
    }
  }

  /// Writes a layer's files.
  interface Work {
    void write(OverlayLayout layout) throws IOException, InterruptedException;
  }

  boolean has(DiffId layer) {
    return snapshots.layer(layer).isPresent();
  }

  /// Makes a layer; absent when nothing was written. A failure leaves nothing behind.
  Optional<DiffId> make(List<DiffId> below, Work work) throws IOException, InterruptedException {
    String key = PREFIX + UUID.randomUUID();
    OverlayLayout layout = snapshots.prepare(key, below);
    boolean committed = false;
    try {
      work.write(layout);
      if (snapshots.isUnchanged(key)) {
        return Optional.empty();
      }
      DiffId layer = snapshots.commit(key).diffId();
      committed = true;
      return Optional.of(layer);
    } finally {
      if (!committed) {
        snapshots.remove(key);
      }
    }
  }

  /// A stack of layers being read; they cannot be removed meanwhile.
  Reading read(List<DiffId> layers) throws IOException {
    String key = PREFIX + UUID.randomUUID();
    OverlayLayout layout = snapshots.prepare(key, layers);
    try {
      return new Reading(snapshots, key, new LayersTree(layout.lowerPaths()));
    } catch (IOException | RuntimeException e) {
      snapshots.remove(key);
      throw e;
    }
  }

  /// @param tree belongs to the thread that asked for it
  record Reading(Snapshotter snapshots, String key, LayersTree tree) implements AutoCloseable {
    @Override
    public void close() {
      tree.close();
      snapshots.remove(key);
    }
  }

  /// An empty folder for files that a step sees and no layer keeps.
  static Path scratch(Path spool) throws IOException {
    Path folder = spool.resolve("mount-" + UUID.randomUUID());
    java.nio.file.Files.createDirectory(folder);
    return folder;
  }
}
