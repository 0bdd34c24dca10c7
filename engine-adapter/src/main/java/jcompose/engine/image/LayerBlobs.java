package jcompose.engine.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.security.DigestOutputStream;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import jcompose.engine.content.BlobStore;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.Digest;
import jcompose.engine.oci.Manifest;
import jcompose.engine.oci.MediaTypes;
import jcompose.engine.snapshot.Snapshotter;

/// Layers as blobs: those they came as, or, for layers that were made here, newly packed ones.
final class LayerBlobs {
  private final BlobStore blobs;
  private final Snapshotter snapshots;
  private final ImageStore images;

  LayerBlobs(BlobStore blobs, Snapshotter snapshots, ImageStore images) {
    this.blobs = blobs;
    this.snapshots = snapshots;
    this.images = images;
  }

  /// The blob of a layer, in the blob store.
  ///
  /// @throws IOException when the layer's files are not what they were when it was made
  Descriptor of(DiffId layer) throws IOException {
    Optional<Descriptor> known =
        images.list().stream()
            .flatMap(image -> image.manifest().flatMap(it -> of(image, it, layer)).stream())
            .findFirst();
    return known.isPresent() ? known.get() : pack(layer);
  }

  private Optional<Descriptor> of(StoredImage image, Manifest manifest, DiffId layer) {
    int at = image.layers().indexOf(layer);
    return at < 0 || at >= manifest.layers().size()
        ? Optional.empty()
        : Optional.of(manifest.layers().get(at)).filter(it -> blobs.contains(it.digest()));
  }

  private Descriptor pack(DiffId layer) throws IOException {
    var sum = Digest.sha256();
    return blobs.put(
        MediaTypes.DOCKER_LAYER_GZIP,
        out -> {
          var zipped = new GZIPOutputStream(new BufferedOutputStream(out, 1 << 16), 1 << 16);
          var packed = new BufferedOutputStream(new DigestOutputStream(zipped, sum), 1 << 17);
          snapshots.pack(layer, packed);
          packed.flush();
          zipped.finish();
          zipped.flush();
          Digest actual = Digest.ofSum(sum.digest());
          if (!actual.equals(layer.digest())) {
            throw new IOException(
                "the files of layer "
                    + layer
                    + " were changed since it was made: they now give "
                    + actual);
          }
        });
  }
}
