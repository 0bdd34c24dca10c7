package jcompose.engine.local;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.MountSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The containers' folders on disk: a folder a container, named by its id, with its record and what
/// the engine writes for it. The only class that knows the names of files in there.
final class RecordFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RecordFiles.class);
  private static final String RECORD = "container.json";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // of a newer engine
          .addMixIn(MountSpec.class, MountKinds.class)
          .build();

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = MountSpec.Bind.class, name = "bind"),
    @JsonSubTypes.Type(value = MountSpec.Volume.class, name = "volume"),
    @JsonSubTypes.Type(value = MountSpec.Tmpfs.class, name = "tmpfs"),
    @JsonSubTypes.Type(value = MountSpec.Image.class, name = "image"),
    @JsonSubTypes.Type(value = MountSpec.Other.class, name = "other")
  })
  private interface MountKinds {}

  private final Path folder;

  RecordFiles(Path folder) {
    this.folder = folder;
  }

  Path folder(ContainerId id) {
    return folder.resolve(id.value());
  }

  Path log(ContainerId id) {
    return folder(id).resolve(id.value() + ".log");
  }

  Path hosts(ContainerId id) {
    return folder(id).resolve("hosts");
  }

  Path hostname(ContainerId id) {
    return folder(id).resolve("hostname");
  }

  Path resolvConf(ContainerId id) {
    return folder(id).resolve("resolv.conf");
  }

  /// Makes the folder and writes the first record, which is on the disk when this returns.
  void create(ContainerRecord record) {
    try {
      Files.createDirectories(folder(record.id()));
      write(record, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the record of container " + record.id(), e);
    }
  }

  /// Replaces the record.
  ///
  /// @param durable whether it must survive a power cut; the course of a run need not, as no
  ///   container does. It always survives the end of this process.
  void save(ContainerRecord record, boolean durable) {
    try {
      write(record, durable);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the record of container " + record.id(), e);
    }
  }

  private void write(ContainerRecord record, boolean durable) throws IOException {
    Path file = folder(record.id()).resolve(RECORD);
    Path beside = file.resolveSibling(RECORD + ".new");
    byte[] json = MAPPER.writeValueAsBytes(record);
    try (var channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(json);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (durable) {
        channel.force(false);
      }
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void writeText(Path file, String text) {
    try {
      Files.writeString(file, text); // in place: it may be mounted in the container
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// Removes the record first, so that what is left after a crash is known to be garbage.
  void remove(ContainerId id) {
    try {
      Files.deleteIfExists(folder(id).resolve(RECORD));
      deleteTree(folder(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder(id), e);
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.isDirectory(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(tree);
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(tree)) {
      for (Path entry : entries) {
        deleteTree(entry);
      }
    }
    Files.delete(tree);
  }

  /// Reads every record; folders without one are left-overs and are removed.
  List<ContainerRecord> readAll() {
    var records = new ArrayList<ContainerRecord>();
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          Path file = entry.resolve(RECORD);
          if (!Files.exists(file)) {
            deleteTree(entry);
            continue;
          }
          try {
            records.add(MAPPER.readValue(file.toFile(), ContainerRecord.class));
          } catch (IOException e) {
            LOG.error("cannot read {}; the container is left out", file, e);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return records;
  }
}
