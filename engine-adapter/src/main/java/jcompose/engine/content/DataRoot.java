package jcompose.engine.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jcompose.engine.oci.Digest;

/// The names on disk of blobs, layers, snapshots and images. All of it is for root alone: layers
/// hold set-user-id programs and devices that others on this machine must not reach.
///
/// ```
/// content/blobs/sha256/HEX       a blob, verified
/// content/ingest/sha256-HEX      a blob that is arriving; kept when that is interrupted
/// snapshots/l/SHORT/             a layer's files
/// snapshots/layers/SHORT         its record: diff id, bytes
/// snapshots/active/KEY/          a snapshot: upper/, work/, layers
/// snapshots/temporary/           what becomes a layer; emptied at start
/// images/records/HEX.json        what is known of an image beyond its configuration
/// images/references.json         which name is which image
/// ```
public record DataRoot(Path path) {
  /// Where it is unless settings say otherwise.
  public static final Path DEFAULT = Path.of("/var/lib/jcompose");

  public DataRoot {
    path = path.toAbsolutePath().normalize();
  }

  public Path blob(Digest digest) {
    return path.resolve("content/blobs").resolve(digest.algorithm()).resolve(digest.hex());
  }

  public Path blobs() {
    return path.resolve("content/blobs");
  }

  public Path ingest() {
    return path.resolve("content/ingest");
  }

  public Path ingest(Digest digest) {
    return ingest().resolve(digest.algorithm() + "-" + digest.hex());
  }

  public Path layerFiles() {
    return path.resolve("snapshots/l");
  }

  public Path layerRecords() {
    return path.resolve("snapshots/layers");
  }

  public Path activeSnapshots() {
    return path.resolve("snapshots/active");
  }

  public Path temporary() {
    return path.resolve("snapshots/temporary");
  }

  public Path imageRecords() {
    return path.resolve("images/records");
  }

  public Path references() {
    return path.resolve("images/references.json");
  }

  /// Makes a folder and its parents, for root alone.
  public static Path make(Path folder) {
    try {
      return Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
    }
  }
}
