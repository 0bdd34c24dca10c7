package jcompose.engine.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.engine.oci.DiffId;

/// File trees on disk. A **layer** is read-only, named by its diff id, shared by all that use it,
/// and unpacked on its own: its folder holds what one layer changed, whiteouts as overlayfs wants
/// them. A **snapshot** is a writable folder on top of a stack of layers, named by a key of its
/// owner's choice (a container's id, a build step's). It is on disk and survives restarts until
/// [#remove] or [#commit]. Nothing is mounted here: the owner mounts the [OverlayLayout] where it
/// needs it, and unmounts it before it removes or commits.
///
/// Keys are 1 to 128 letters, digits, `_`, `.` and `-`, the first a letter or digit; others are
/// [EngineException.Invalid].
public interface Snapshotter {
  /// Makes a snapshot. Its layers cannot be removed while it exists.
  ///
  /// @param layers the lowest first, as in an image's configuration; may be empty
  /// @throws EngineException.NotFound when a layer is not unpacked
  /// @throws EngineException.Conflict when the key is taken
  /// @throws EngineException.Invalid when there are more than 127 layers
  OverlayLayout prepare(String key, List<DiffId> layers);

  /// The folders of a snapshot that was prepared; absent when there is none of this key.
  Optional<OverlayLayout> layout(String key);

  /// Mends what a power cut may have taken of a snapshot: which layers it lies on. Nothing happens
  /// when there is no such snapshot, or it lies on these.
  void ensureLayers(String key, List<DiffId> layers);

  /// The keys of all snapshots, to find those whose owner is gone.
  List<String> keys();

  /// Removes a snapshot and what was written to it. One that is not there is no error.
  void remove(String key);

  /// Turns what was written to a snapshot into a layer and takes the snapshot away: its folder
  /// becomes the layer's, nothing is copied. The snapshot must not be mounted.
  ///
  /// A snapshot that nothing was written to gives the layer of an empty tar; see [#isUnchanged].
  ///
  /// @throws EngineException.NotFound when there is no such snapshot
  Layer commit(String key);

  /// Makes a layer of what was written to a snapshot and leaves the snapshot as it is. It may be
  /// mounted; what is written meanwhile may or may not be in the layer.
  ///
  /// @throws EngineException.NotFound when there is no such snapshot
  Layer commitCopy(String key);

  /// Whether nothing was written to the snapshot.
  boolean isUnchanged(String key);

  /// What was written to the snapshot.
  Usage usage(String key);

  /// A layer that is unpacked, if it is.
  Optional<Layer> layer(DiffId diffId);

  /// All layers that are unpacked.
  List<Layer> layers();

  /// Unpacks a layer, verifies that it is the one expected, and adds it. What is here already is
  /// not unpacked again, and the stream then not read. Nothing stays behind after a failure.
  ///
  /// Reads to the stream's end, so that a stream that verifies itself there has its say. Takes time
  /// and blocks: call it on a platform thread.
  ///
  /// @param data a tar, plain or compressed with gzip or zstd
  /// @throws IOException when it cannot be read, is not what its diff id says, or must not be
  ///   unpacked
  Layer unpack(DiffId expected, InputStream data) throws IOException;

  /// Writes a layer as an uncompressed tar, whose digest is its diff id if the layer was made by
  /// [#commit]; a layer that was unpacked may give another tar of the same files.
  ///
  /// @throws EngineException.NotFound when it is not unpacked
  void pack(DiffId layer, OutputStream out) throws IOException;

  /// Takes a layer away, unless a snapshot is on it.
  ///
  /// @return whether it is gone
  boolean removeLayer(DiffId layer);
}
