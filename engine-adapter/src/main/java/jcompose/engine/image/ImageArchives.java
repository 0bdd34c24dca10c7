package jcompose.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageReference;
import jcompose.engine.archive.Compression;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.archive.TarReader;
import jcompose.engine.archive.TarWriter;
import jcompose.engine.content.BlobStore;
import jcompose.engine.content.DataRoot;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.Digest;
import jcompose.engine.oci.HistoryEntry;
import jcompose.engine.oci.ImageConfig;
import jcompose.engine.oci.ImageConfigJson;
import jcompose.engine.oci.Manifest;
import jcompose.engine.oci.MediaTypes;
import jcompose.engine.oci.OciJson;
import jcompose.engine.snapshot.Snapshotter;

/// Images as tar archives: `docker save` and `load` with Docker's `manifest.json` and an OCI layout
/// beside it, and `docker import` of a root file system.
public final class ImageArchives {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_DOCUMENT = 8 << 20;
  private static final int MOST_MEMBERS = 100_000;

  private final DataRoot root;
  private final BlobStore blobs;
  private final Snapshotter snapshots;
  private final DiskImageStore images;
  private final LayerBlobs layerBlobs;

  public ImageArchives(
      DataRoot root, BlobStore blobs, Snapshotter snapshots, DiskImageStore images) {
    this.root = root;
    this.blobs = blobs;
    this.snapshots = snapshots;
    this.images = images;
    this.layerBlobs = new LayerBlobs(blobs, snapshots, images);
  }

  /// An image and the names under which an archive has it.
  public record Named(StoredImage image, List<ImageReference> names) {}

  // ---- save

  /// Writes images with their layers, each layer once.
  public void save(List<Named> wanted, OutputStream out) throws IOException {
    ArrayNode manifests = JSON.createArrayNode();
    ArrayNode index = JSON.createArrayNode();
    Set<String> written = new LinkedHashSet<>();
    try (var _ = images.hold(wanted.stream().flatMap(it -> it.image().layers().stream()).toList());
        var tar = new TarWriter(new BufferedOutputStream(out, 1 << 16))) {
      tar.begin(TarEntry.directory("blobs/", 0755));
      tar.begin(TarEntry.directory("blobs/sha256/", 0755));
      for (Named one : wanted) {
        image(one, tar, written, manifests, index);
      }
      ObjectNode top = JSON.createObjectNode();
      top.put("schemaVersion", 2);
      top.put("mediaType", MediaTypes.OCI_INDEX);
      top.set("manifests", index);
      document(tar, "index.json", JSON.writeValueAsBytes(top));
      document(tar, "manifest.json", JSON.writeValueAsBytes(manifests));
      document(
          tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void image(
      Named one, TarWriter tar, Set<String> written, ArrayNode manifests, ArrayNode index)
      throws IOException {
    byte[] config = blobs.read(Digest.parse(one.image().id().value()));
    blob(tar, written, Digest.ofBytes(config), config);
    var layers = new ArrayList<Descriptor>();
    for (DiffId layer : one.image().layers()) {
      layers.add(layer(tar, written, layer));
    }
    var manifest =
        new Manifest(
            MediaTypes.OCI_MANIFEST,
            new Descriptor(MediaTypes.OCI_CONFIG, Digest.ofBytes(config), config.length),
            layers,
            Map.of());
    byte[] bytes = OciJson.write(manifest);
    blob(tar, written, Digest.ofBytes(bytes), bytes);

    ObjectNode docker = manifests.addObject();
    docker.put("Config", path(Digest.ofBytes(config)));
    ArrayNode tags = docker.putArray("RepoTags");
    one.names().forEach(it -> tags.add(it.familiar()));
    ArrayNode paths = docker.putArray("Layers");
    layers.forEach(it -> paths.add(path(it.digest())));
    List<Optional<ImageReference>> names =
        one.names().isEmpty()
            ? List.of(Optional.empty())
            : one.names().stream().map(Optional::of).toList();
    for (var name : names) {
      ObjectNode entry = index.addObject();
      entry.put("mediaType", MediaTypes.OCI_MANIFEST);
      entry.put("digest", Digest.ofBytes(bytes).toString());
      entry.put("size", bytes.length);
      name.ifPresent(
          it -> {
            ObjectNode annotations = entry.putObject("annotations");
            annotations.put("io.containerd.image.name", it.toString());
            annotations.put("org.opencontainers.image.ref.name", it.tag().orElse("latest"));
          });
    }
  }

  private static String path(Digest digest) {
    return "blobs/" + digest.algorithm() + "/" + digest.hex();
  }

  private static void document(TarWriter tar, String name, byte[] bytes) throws IOException {
    tar.file(TarEntry.file(name, 0644, bytes.length), bytes);
  }

  private static void blob(TarWriter tar, Set<String> written, Digest digest, byte[] bytes)
      throws IOException {
    if (written.add(path(digest))) {
      document(tar, path(digest), bytes);
    }
  }

  /// A layer goes out uncompressed, with the very bytes that its diff id is of.
  private Descriptor layer(TarWriter tar, Set<String> written, DiffId layer) throws IOException {
    Path plain = Files.createTempFile(root.temporary(), "save-", ".tar");
    try {
      try (InputStream in = Compression.decompressed(blobs.open(layerBlobs.of(layer).digest()))) {
        Files.copy(in, plain, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      long size = Files.size(plain);
      if (written.add(path(layer.digest()))) {
        tar.begin(TarEntry.file(path(layer.digest()), 0644, size));
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(plain)) {
          for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            tar.write(buffer, 0, count);
          }
        }
      }
      return new Descriptor(MediaTypes.OCI_LAYER, layer.digest(), size);
    } finally {
      Files.deleteIfExists(plain);
    }
  }

  // ---- load

  /// Reads such an archive, plain or compressed, and adds its images.
  ///
  /// @throws EngineException.Invalid when it is none
  public List<Named> load(InputStream archive) throws IOException {
    Path folder = Files.createTempDirectory(root.temporary(), "load-");
    try {
      Map<String, Path> members = unpack(archive, folder);
      Path manifest = members.get("manifest.json");
      if (manifest == null) {
        throw new EngineException.Invalid(
            "the archive has no manifest.json: it was not made by docker save");
      }
      var loaded = new ArrayList<Named>();
      for (JsonNode entry : JSON.readTree(document(manifest))) {
        loaded.add(add(entry, members));
      }
      return loaded;
    } finally {
      remove(folder);
    }
  }

  /// Members become numbered files: no name of the archive is ever a path here.
  private static Map<String, Path> unpack(InputStream archive, Path folder) throws IOException {
    Map<String, Path> members = new HashMap<>();
    Map<String, String> links = new LinkedHashMap<>();
    var reader = new TarReader(Compression.decompressed(archive));
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      if (members.size() + links.size() > MOST_MEMBERS) {
        throw new EngineException.Invalid("the archive has too many members");
      }
      String name = normal(entry.name());
      switch (entry.type()) {
        case FILE -> {
          Path file = folder.resolve(Integer.toString(members.size()));
          try (OutputStream out = Files.newOutputStream(file)) {
            reader.data().transferTo(out);
          }
          members.put(name, file);
        }
        case SYMLINK -> {
          Path parent = Path.of("/" + name).getParent();
          links.put(name, normal((parent == null ? "" : parent) + "/" + entry.target()));
        }
        case HARD_LINK -> links.put(name, normal(entry.target()));
        case DIRECTORY, FIFO, BLOCK_DEVICE, CHARACTER_DEVICE -> {}
      }
    }
    links.forEach(
        (name, target) -> {
          Path file = members.get(target);
          if (file != null) {
            members.putIfAbsent(name, file);
          }
        });
    return members;
  }

  private static String normal(String name) {
    return Path.of("/", name).normalize().toString().substring(1);
  }

  private static byte[] document(Path file) throws IOException {
    if (Files.size(file) > LARGEST_DOCUMENT) {
      throw new EngineException.Invalid("a document in the archive is too large");
    }
    return Files.readAllBytes(file);
  }

  private static Path member(Map<String, Path> members, String name) {
    Path file = members.get(normal(name));
    if (file == null) {
      throw new EngineException.Invalid("the archive lacks " + name);
    }
    return file;
  }

  private Named add(JsonNode entry, Map<String, Path> members) throws IOException {
    byte[] bytes = document(member(members, entry.path("Config").asText()));
    ImageConfig config = ImageConfigJson.read(bytes);
    JsonNode layers = entry.path("Layers");
    if (layers.size() != config.diffIds().size()) {
      throw new EngineException.Invalid(
          "invalid manifest, layers length mismatch: expected %d, got %d"
              .formatted(config.diffIds().size(), layers.size()));
    }
    var names = new ArrayList<ImageReference>();
    for (JsonNode tag : entry.path("RepoTags")) {
      try {
        names.add(ImageReference.parse(tag.asText()));
      } catch (IllegalArgumentException e) {
        throw new EngineException.Invalid("invalid tag \"" + tag.asText() + "\"");
      }
    }
    try (var _ = images.hold(config.diffIds())) {
      var kept = new ArrayList<Descriptor>();
      for (int i = 0; i < layers.size(); i++) {
        kept.add(keep(config.diffIds().get(i), member(members, layers.get(i).asText())));
      }
      return new Named(add(bytes, kept, names), names);
    }
  }

  /// Unpacks a layer and keeps its tar too: packed anew, files made elsewhere give other bytes than
  /// those that the diff id is of.
  private Descriptor keep(DiffId layer, Path tar) throws IOException {
    try (InputStream in = Files.newInputStream(tar)) {
      snapshots.unpack(layer, in);
    }
    return blobs.put(
        MediaTypes.OCI_LAYER,
        out -> {
          try (InputStream in = Compression.decompressed(Files.newInputStream(tar))) {
            in.transferTo(out);
          }
        });
  }

  private StoredImage add(byte[] config, List<Descriptor> layers, List<ImageReference> names)
      throws IOException {
    Digest id = blobs.put(config);
    byte[] manifest =
        OciJson.write(
            new Manifest(
                MediaTypes.OCI_MANIFEST,
                new Descriptor(MediaTypes.OCI_CONFIG, id, config.length),
                layers,
                Map.of()));
    return images.add(
        id, new Descriptor(MediaTypes.OCI_MANIFEST, blobs.put(manifest), manifest.length), names);
  }

  // ---- import

  /// Makes an image of one layer, a root file system.
  ///
  /// @param bare what the image is but for its layer
  public StoredImage importRoot(
      InputStream tar, ImageConfig bare, Optional<String> message, Optional<ImageReference> name)
      throws IOException {
    Path plain = Files.createTempFile(root.temporary(), "import-", ".tar");
    try {
      var sum = Digest.sha256();
      try (InputStream in = new DigestInputStream(Compression.decompressed(tar), sum)) {
        Files.copy(in, plain, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      var layer = new DiffId(Digest.ofSum(sum.digest()));
      Instant now = Instant.now();
      try (var _ = images.hold(List.of(layer))) {
        Descriptor kept = keep(layer, plain);
        ImageConfig image =
            bare.withCreated(now)
                .with(
                    layer,
                    new HistoryEntry(Optional.of(now), "", Optional.empty(), message, false));
        return add(
            ImageConfigJson.write(image), List.of(kept), name.map(List::of).orElse(List.of()));
      }
    } finally {
      Files.deleteIfExists(plain);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
