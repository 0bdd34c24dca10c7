package jcompose.engine.volume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The volumes on disk: a folder each with the record `volume.json` and the content `_data`. A
/// folder without a record is what a creation or removal left that did not end; one with a file
/// `unowned` belongs to a container that is being made or removed.
record VolumeFiles(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeFiles.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;
  private static final String RECORD = "volume.json";
  private static final String CONTENT = "_data";
  private static final String UNOWNED = "unowned";

  List<VolumeRecord> load() throws IOException {
    Files.createDirectories(folder);
    var result = new ArrayList<VolumeRecord>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.exists(entry.resolve(RECORD))) {
          try {
            result.add(read(entry));
          } catch (IOException | RuntimeException e) {
            LOG.error(
                "cannot read the record of {}; the volume is left out, its content stays",
                entry,
                e);
          }
        } else if (Files.isDirectory(entry)) {
          deleteTree(entry);
        }
      }
    }
    return List.copyOf(result);
  }

  Path content(String name) {
    return folder.resolve(name).resolve(CONTENT);
  }

  void create(VolumeRecord volume) throws IOException {
    // Only root gets this far; what a container may do with its volume is the content's own mode.
    Path home = folder.resolve(volume.name());
    Files.createDirectories(home);
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx-----x"));
    Files.createDirectories(volume.mountpoint());
    Files.setPosixFilePermissions(
        volume.mountpoint(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Path beside = home.resolve(RECORD + ".new");
    try (var channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(toJson(volume))));
      channel.force(true);
    }
    Files.move(beside, home.resolve(RECORD), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Not synced: a container that a power cut undoes leaves at worst a volume.
  void disown(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.write(home.resolve(UNOWNED), new byte[0]);
  }

  void own(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name).resolve(UNOWNED));
  }

  boolean unowned(String name) {
    return Files.exists(folder.resolve(name).resolve(UNOWNED));
  }

  /// The record first: what is left after a crash is then removed by [#load].
  void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name).resolve(RECORD));
    deleteTree(folder.resolve(name));
  }

  private static void deleteTree(Path root) throws IOException {
    if (Mounts.anyBelow(root)) {
      throw new IOException(root + " has something mounted in it");
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static ObjectNode toJson(VolumeRecord volume) {
    ObjectNode node = JSON.createObjectNode();
    node.put("version", VERSION).put("name", volume.name()).put("driver", volume.driver());
    node.put("created", volume.created().toString()).put("anonymous", volume.anonymous());
    node.set("options", JSON.valueToTree(volume.options()));
    node.set("labels", JSON.valueToTree(volume.labels()));
    return node;
  }

  private VolumeRecord read(Path home) throws IOException {
    Path file = home.resolve(RECORD);
    JsonNode node;
    try {
      node = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
    if (node.path("version").asInt() != VERSION) {
      throw new IOException(file + " was written by another version of the engine");
    }
    String name = String.valueOf(home.getFileName());
    return new VolumeRecord(
        name,
        node.path("driver").asText(),
        Instant.parse(node.path("created").asText()),
        map(node.path("options")),
        map(node.path("labels")),
        content(name),
        node.path("anonymous").asBoolean());
  }

  private static Map<String, String> map(JsonNode node) {
    var result = new LinkedHashMap<String, String>();
    node.properties().forEach(it -> result.put(it.getKey(), it.getValue().asText()));
    return result;
  }
}
