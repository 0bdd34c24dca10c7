package jcompose.engine.snapshot;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jcompose.core.engine.EngineException;
import jcompose.engine.archive.Compression;
import jcompose.engine.archive.TarReader;
import jcompose.engine.archive.TarWriter;
import jcompose.engine.archive.TreePacker;
import jcompose.engine.archive.TreeUnpacker;
import jcompose.engine.archive.UnpackLimits;
import jcompose.engine.archive.Whiteouts;
import jcompose.engine.content.DataRoot;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.host.files.TreeRemoval;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Layers and snapshots for overlayfs.
///
/// @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs</a>
public final class OverlaySnapshotter implements Snapshotter {
  private static final Logger LOG = LoggerFactory.getLogger(OverlaySnapshotter.class);
  private static final String LAYERS = "layers";
  private static final int MAX_LAYERS = 127;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

  private final DataRoot root;
  private final UnpackLimits limits;
  private final TreeRemoval removal;
  private final LayerFolders folders;
  private final Map<String, List<DiffId>> snapshots = new ConcurrentHashMap<>();
  private final AtomicLong removals = new AtomicLong();

  public OverlaySnapshotter(DataRoot root) {
    this(root, FileTree::remove);
  }

  /// @param removal for what was written to snapshots that are removed
  public OverlaySnapshotter(DataRoot root, TreeRemoval removal) {
    this(root, UnpackLimits.DEFAULT, removal);
  }

  public OverlaySnapshotter(DataRoot root, UnpackLimits limits) {
    this(root, limits, FileTree::remove);
  }

  private OverlaySnapshotter(DataRoot root, UnpackLimits limits, TreeRemoval removal) {
    this.root = root;
    this.limits = limits;
    this.removal = removal;
    this.folders = new LayerFolders(root);
    DataRoot.make(root.activeSnapshots());
    try (Stream<Path> active = Files.list(root.activeSnapshots())) {
      for (Path snapshot : active.toList()) {
        load(snapshot);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + root.activeSnapshots(), e);
    }
  }

  private void load(Path snapshot) throws IOException {
    try {
      String key = String.valueOf(snapshot.getFileName());
      Path file = snapshot.resolve(LAYERS);
      try {
        snapshots.put(key, Files.readAllLines(file).stream().map(DiffId::parse).toList());
      } catch (IllegalArgumentException torn) {
        LOG.error("cannot read {}; its owner must tell the layers anew", file, torn);
        snapshots.put(key, List.of());
      }
    } catch (NoSuchFileException unfinished) { // it is written before anybody may use the snapshot
      FileTree.remove(snapshot);
    }
  }

  @Override
  public OverlayLayout prepare(String key, List<DiffId> layers) {
    checkKey(key);
    if (layers.size() > MAX_LAYERS) {
      throw new EngineException.Invalid(
          "max depth exceeded: an image has at most " + MAX_LAYERS + " layers");
    }
    synchronized (folders) { // no layer goes between the look and the claim
      layers.forEach(folders::files);
      if (snapshots.putIfAbsent(key, List.copyOf(layers)) != null) {
        throw new EngineException.Conflict("snapshot " + key + " exists already");
      }
    }
    Path folder = root.activeSnapshots().resolve(key);
    try {
      Files.createDirectory(folder);
      Path upper = Files.createDirectory(folder.resolve("upper"));
      // The root of the overlay looks like its upper folder.
      Files.setPosixFilePermissions(upper, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectory(folder.resolve("work"));
      writeLayers(key, layers);
      return layoutOf(key, layers);
    } catch (IOException e) {
      snapshots.remove(key);
      try {
        FileTree.remove(folder);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw new EngineException.Failed("cannot make snapshot " + key + ": " + e.getMessage(), e);
    }
  }

  /// Not synced: after a power cut the owner of the snapshot tells again what it was made from.
  private void writeLayers(String key, List<DiffId> layers) throws IOException {
    Files.write(
        root.activeSnapshots().resolve(key).resolve(LAYERS),
        layers.stream().map(DiffId::toString).toList());
  }

  @Override
  public void ensureLayers(String key, List<DiffId> layers) {
    List<DiffId> known = snapshots.get(key);
    if (known != null && !known.equals(layers)) {
      try {
        writeLayers(key, layers);
        snapshots.put(key, List.copyOf(layers));
      } catch (IOException e) {
        throw new EngineException.Failed(
            "cannot write the layers of snapshot " + key + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public Optional<OverlayLayout> layout(String key) {
    return Optional.ofNullable(snapshots.get(key)).map(layers -> layoutOf(key, layers));
  }

  private OverlayLayout layoutOf(String key, List<DiffId> layers) {
    var lowers = new ArrayList<String>();
    layers.forEach(it -> lowers.add(LayerFolders.shortName(it)));
    Collections.reverse(lowers);
    if (lowers.isEmpty()) {
      lowers.add(LayerFolders.EMPTY);
    }
    Path folder = root.activeSnapshots().resolve(key);
    return new OverlayLayout(
        root.layerFiles(), lowers, folder.resolve("upper"), folder.resolve("work"));
  }

  @Override
  public List<String> keys() {
    return List.copyOf(snapshots.keySet());
  }

  @Override
  public void remove(String key) {
    if (snapshots.containsKey(key)) {
      try {
        discard(key);
      } catch (IOException e) {
        throw new EngineException.Failed(
            "cannot remove snapshot " + key + ": " + e.getMessage(), e);
      }
    }
  }

  /// Out of sight first, so that what a crash leaves is not taken for a snapshot.
  private void discard(String key) throws IOException {
    Path doomed = root.temporary().resolve("snapshot-" + removals.incrementAndGet());
    try {
      Files.move(root.activeSnapshots().resolve(key), doomed, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      snapshots.remove(key);
      return;
    }
    snapshots.remove(key);
    removal.remove(doomed);
  }

  @Override
  public Layer commit(String key) {
    Path upper = upper(key);
    try {
      Layer layer = digestOf(upper);
      FileTree.syncFileSystem(upper);
      folders.adopt(upper, layer);
      discard(key);
      return layer;
    } catch (IOException e) {
      throw new EngineException.Failed("cannot commit snapshot " + key + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Layer commitCopy(String key) {
    Path upper = upper(key);
    try {
      Path tar = Files.createTempFile(root.temporary(), "commit-", ".tar");
      try {
        var sum = Digest.sha256();
        try (var out =
            new BufferedOutputStream(
                new DigestOutputStream(Files.newOutputStream(tar), sum), 1 << 17)) {
          pack(upper, out);
        }
        try (var in = Files.newInputStream(tar)) {
          return unpack(new DiffId(Digest.ofSum(sum.digest())), in);
        }
      } finally {
        Files.deleteIfExists(tar);
      }
    } catch (IOException e) {
      throw new EngineException.Failed("cannot commit snapshot " + key + ": " + e.getMessage(), e);
    }
  }

  private Layer digestOf(Path upper) throws IOException {
    var sum = Digest.sha256();
    long bytes;
    try (var out =
        new BufferedOutputStream(
            new DigestOutputStream(OutputStream.nullOutputStream(), sum), 1 << 17)) {
      bytes = pack(upper, out);
    }
    return new Layer(new DiffId(Digest.ofSum(sum.digest())), bytes);
  }

  private static long pack(Path folder, OutputStream out) throws IOException {
    try (var tar = new TarWriter(out);
        var packer = new TreePacker(tar, Whiteouts.OVERLAY)) {
      packer.addContents(folder);
      return packer.bytes();
    }
  }

  @Override
  public boolean isUnchanged(String key) {
    try (Stream<Path> files = Files.list(upper(key))) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new EngineException.Failed("cannot read snapshot " + key + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Usage usage(String key) {
    try {
      return TreeUsage.of(upper(key));
    } catch (IOException e) {
      throw new EngineException.Failed("cannot read snapshot " + key + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Layer> layer(DiffId diffId) {
    return folders.find(diffId);
  }

  @Override
  public List<Layer> layers() {
    return List.copyOf(folders.all());
  }

  @Override
  public Layer unpack(DiffId expected, InputStream data) throws IOException {
    var known = folders.find(expected);
    if (known.isPresent()) {
      return known.get();
    }
    Path folder = folders.newFolder();
    try (var unpacker = new TreeUnpacker(folder, Whiteouts.OVERLAY, limits)) {
      var sum = expected.digest().newComputation();
      var reader = new TarReader(new DigestInputStream(Compression.decompressed(data), sum));
      unpacker.unpack(reader);
      reader.drain();
      data.transferTo(OutputStream.nullOutputStream());
      var actual =
          new Digest(
              expected.digest().algorithm(), java.util.HexFormat.of().formatHex(sum.digest()));
      if (!actual.equals(expected.digest())) {
        throw new IOException(
            "layer verification failed: its configuration announces "
                + expected
                + ", what it unpacks to has "
                + actual);
      }
      unpacker.sync();
      return folders.adopt(folder, new Layer(expected, unpacker.bytes()));
    } catch (IOException | RuntimeException e) {
      try {
        FileTree.remove(folder);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public void pack(DiffId layer, OutputStream out) throws IOException {
    pack(folders.files(layer), out);
  }

  @Override
  public boolean removeLayer(DiffId layer) {
    try {
      synchronized (folders) {
        if (snapshots.values().stream().anyMatch(it -> it.contains(layer))) {
          return false;
        }
        folders.hide(layer);
      }
      folders.removeHidden(layer);
      return true;
    } catch (IOException e) {
      throw new EngineException.Failed("cannot remove layer " + layer + ": " + e.getMessage(), e);
    }
  }

  private Path upper(String key) {
    return layout(key)
        .orElseThrow(() -> new EngineException.NotFound("snapshot " + key + " does not exist"))
        .upper();
  }

  private static void checkKey(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new EngineException.Invalid("invalid snapshot key: \"" + key + "\"");
    }
  }
}
