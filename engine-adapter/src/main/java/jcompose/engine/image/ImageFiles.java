package jcompose.engine.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import jcompose.core.resource.ImageId;
import jcompose.engine.content.AtomicFile;
import jcompose.engine.content.BlobStore;
import jcompose.engine.content.DataRoot;
import jcompose.engine.oci.Digest;
import jcompose.engine.oci.ImageConfigJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The images' records and names on disk.
final class ImageFiles {
  private static final Logger log = LoggerFactory.getLogger(ImageFiles.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DataRoot root;
  private final BlobStore blobs;

  ImageFiles(DataRoot root, BlobStore blobs) {
    this.root = root;
    this.blobs = blobs;
    DataRoot.make(root.imageRecords());
  }

  ImageIndexState load() throws IOException {
    Map<ImageId, ImageRecord> images = new HashMap<>();
    try (Stream<Path> files = Files.list(root.imageRecords())) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(".")) {
          Files.deleteIfExists(file);
        } else if (name.endsWith(".json")) {
          try {
            ImageRecord record = read(name.substring(0, name.length() - 5), file);
            images.put(record.id(), record);
          } catch (IOException | IllegalArgumentException e) {
            log.atWarn().setCause(e).addKeyValue("image", name).log("passing over a broken image");
          }
        }
      }
    }
    var names = new TreeMap<String, ImageId>();
    if (Files.exists(root.references())) {
      try {
        for (var name : JSON.readTree(Files.readAllBytes(root.references())).properties()) {
          var image = new ImageId(name.getValue().asText());
          if (images.containsKey(image)) {
            names.put(name.getKey(), image);
          }
        }
      } catch (JsonProcessingException e) {
        Path aside = root.references().resolveSibling("references.json.broken");
        Files.move(root.references(), aside, StandardCopyOption.REPLACE_EXISTING);
        log.atError()
            .setCause(e)
            .log("images have lost their names, which could not be read in {}", aside);
      }
    }
    return new ImageIndexState(images, names);
  }

  private ImageRecord read(String hex, Path file) throws IOException {
    Digest id = new Digest("sha256", hex);
    JsonNode tree = JSON.readTree(Files.readAllBytes(file));
    return new ImageRecord(
        new ImageId(id.toString()),
        ImageConfigJson.read(blobs.read(id)),
        text(tree, "manifest").map(Digest::parse),
        text(tree, "parent").map(ImageId::new),
        text(tree, "lastTagged").map(Instant::parse));
  }

  private static Optional<String> text(JsonNode tree, String name) {
    return Optional.of(tree.path(name).asText("")).filter(it -> !it.isEmpty());
  }

  void write(ImageRecord record) throws IOException {
    ObjectNode tree = JSON.createObjectNode();
    record.manifest().ifPresent(it -> tree.put("manifest", it.toString()));
    record.parent().ifPresent(it -> tree.put("parent", it.value()));
    record.lastTagged().ifPresent(it -> tree.put("lastTagged", it.toString()));
    AtomicFile.write(file(record.id()), JSON.writeValueAsBytes(tree));
  }

  void remove(ImageId image) throws IOException {
    Files.deleteIfExists(file(image));
  }

  void writeNames(Map<String, ImageId> names) throws IOException {
    ObjectNode tree = JSON.createObjectNode();
    names.forEach((name, image) -> tree.put(name, image.value()));
    AtomicFile.write(root.references(), JSON.writeValueAsBytes(tree));
  }

  private Path file(ImageId image) {
    return root.imageRecords().resolve(Digest.parse(image.value()).hex() + ".json");
  }
}
