package jcompose.engine.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jcompose.core.engine.EngineException;
import jcompose.engine.content.AtomicFile;
import jcompose.engine.content.DataRoot;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.oci.DiffId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The layers' folders and their records. A layer is there once its record is: the record is
/// written last and removed first.
final class LayerFolders {
  /// Stands below images that have no layer: overlayfs wants at least one lower folder.
  static final String EMPTY = "empty";

  private static final Logger LOG = LoggerFactory.getLogger(LayerFolders.class);

  private final DataRoot root;
  private final Map<DiffId, Layer> layers = new ConcurrentHashMap<>();

  LayerFolders(DataRoot root) {
    this.root = root;
    DataRoot.make(root.layerFiles());
    DataRoot.make(root.layerRecords());
    try {
      // What was being made when the engine stopped is of no use.
      FileTree.remove(root.temporary());
      DataRoot.make(root.temporary());
      Path empty = root.layerFiles().resolve(EMPTY);
      if (!Files.isDirectory(empty)) {
        Files.createDirectory(empty);
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      load();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + root.layerRecords(), e);
    }
  }

  private void load() throws IOException {
    try (Stream<Path> records = Files.list(root.layerRecords())) {
      for (Path record : records.toList()) {
        String name = String.valueOf(record.getFileName());
        if (name.startsWith(".")) {
          continue;
        }
        List<String> lines = Files.readAllLines(record);
        if (!Files.isDirectory(root.layerFiles().resolve(name))) {
          continue;
        }
        try {
          var layer = new Layer(DiffId.parse(lines.getFirst()), Long.parseLong(lines.getLast()));
          layers.put(layer.diffId(), layer);
        } catch (IllegalArgumentException | NoSuchElementException e) {
          LOG.error(
              "cannot read {}; the layer is removed, its images must be pulled again", record, e);
          Files.delete(record);
        }
      }
    }
    var known = layers.keySet().stream().map(LayerFolders::shortName).toList();
    try (Stream<Path> folders = Files.list(root.layerFiles())) {
      for (Path folder : folders.toList()) {
        String name = String.valueOf(folder.getFileName());
        if (!name.equals(EMPTY) && !known.contains(name)) {
          FileTree.remove(folder);
        }
      }
    }
  }

  Optional<Layer> find(DiffId diffId) {
    return Optional.ofNullable(layers.get(diffId));
  }

  Collection<Layer> all() {
    return List.copyOf(layers.values());
  }

  /// @throws EngineException.NotFound when it is not here
  Path files(DiffId diffId) {
    if (!layers.containsKey(diffId)) {
      throw new EngineException.NotFound("layer does not exist: " + diffId);
    }
    return root.layerFiles().resolve(shortName(diffId));
  }

  /// A new folder for what becomes a layer.
  Path newFolder() throws IOException {
    Path folder = Files.createTempDirectory(root.temporary(), "layer-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  /// Makes a folder that is complete, and on disk, the layer. Where the layer is here already the
  /// folder is removed.
  Layer adopt(Path folder, Layer layer) throws IOException {
    Path files = root.layerFiles().resolve(shortName(layer.diffId()));
    synchronized (this) {
      Layer known = layers.get(layer.diffId());
      if (known == null) {
        FileTree.remove(files); // of a removal that was cut short
        Files.move(folder, files, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.write(
            root.layerRecords().resolve(shortName(layer.diffId())),
            (layer.diffId() + "\n" + layer.sizeBytes() + "\n").getBytes(StandardCharsets.US_ASCII));
        layers.put(layer.diffId(), layer);
        return layer;
      }
    }
    FileTree.remove(folder);
    return layer;
  }

  /// Takes a layer out of sight; its files are still to be removed.
  void hide(DiffId diffId) throws IOException {
    synchronized (this) {
      if (layers.remove(diffId) == null) {
        return;
      }
      Files.deleteIfExists(root.layerRecords().resolve(shortName(diffId)));
      FileTree.remove(hidden(diffId));
      Files.move(
          root.layerFiles().resolve(shortName(diffId)),
          hidden(diffId),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  void removeHidden(DiffId diffId) throws IOException {
    FileTree.remove(hidden(diffId));
  }

  private Path hidden(DiffId diffId) {
    return root.temporary().resolve("removed-" + shortName(diffId));
  }

  /// 25 letters and digits for 128 bits of the diff id: up to 127 of them must fit into the one
  /// page of mount options, and two layers must not be made to meet.
  static String shortName(DiffId diffId) {
    String text = new BigInteger(diffId.digest().hex().substring(0, 32), 16).toString(36);
    return "0".repeat(25 - text.length()) + text;
  }
}
