package jcompose.engine.local;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.MountSpec;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.host.files.TreeRemoval;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The containers' folders on disk: a folder a container, named by its id, with its record (of
/// which the last whole line counts) and what the engine writes for it. The only class that knows
/// the names of files in there.
final class RecordFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RecordFiles.class);
  private static final String RECORD = "container.jsonl";
  private static final long LONGEST = 1 << 16;

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
    @JsonSubTypes.Type(value = MountSpec.Content.class, name = "content"),
    @JsonSubTypes.Type(value = MountSpec.Other.class, name = "other")
  })
  private interface MountKinds {}

  private final Path folder;
  private final TreeRemoval removal;

  /// @param removal for folders of containers that are gone
  RecordFiles(Path folder, TreeRemoval removal) {
    this.folder = folder;
    this.removal = removal;
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
      replace(record, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the record of container " + record.id(), e);
    }
  }

  /// Replaces the record; it is on the disk when this returns.
  void save(ContainerRecord record) {
    try {
      replace(record, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the record of container " + record.id(), e);
    }
  }

  /// Replaces the record in a way that survives the end of this process, but need not survive a
  /// power cut: no run of a container does. A line more in the file is several times as quick as
  /// another file in its place, which ext4 writes out at once.
  void note(ContainerRecord record) {
    Path file = folder(record.id()).resolve(RECORD);
    try {
      if (Files.size(file) > LONGEST) {
        replace(record, false);
        return;
      }
      try (var channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
        write(channel, line(record));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the record of container " + record.id(), e);
    }
  }

  private static byte[] line(ContainerRecord record) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(record);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  private static void write(FileChannel channel, byte[] line) throws IOException {
    var bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void replace(ContainerRecord record, boolean durable) throws IOException {
    Path file = folder(record.id()).resolve(RECORD);
    Path beside = file.resolveSibling(RECORD + ".new");
    try (var channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, line(record));
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
      removal.remove(folder(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder(id), e);
    }
  }

  /// @param unreadable names of folders whose record is damaged; they are to be left alone, so that
  ///   somebody can mend them
  record Found(List<ContainerRecord> records, List<String> unreadable) {}

  /// Reads every record; folders without one are left-overs and are removed.
  Found readAll() {
    var records = new ArrayList<ContainerRecord>();
    var unreadable = new ArrayList<String>();
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          Path file = entry.resolve(RECORD);
          if (!Files.exists(file)) {
            FileTree.remove(entry);
            continue;
          }
          try {
            records.add(read(file));
          } catch (IOException e) {
            LOG.error("cannot read {}; the container is left out, what it has stays", file, e);
            unreadable.add(String.valueOf(entry.getFileName()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return new Found(List.copyOf(records), List.copyOf(unreadable));
  }

  /// The last line that is whole. What a power cut left behind it is dropped from the file, so that
  /// the next note does not run into it.
  private ContainerRecord read(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    boolean damaged = !text.endsWith("\n");
    for (int end = text.lastIndexOf('\n'); end > 0; ) {
      int before = text.lastIndexOf('\n', end - 1);
      try {
        var record = MAPPER.readValue(text.substring(before + 1, end), ContainerRecord.class);
        if (damaged) {
          replace(record, true);
        }
        return record;
      } catch (JsonProcessingException e) {
        if (before < 0) {
          throw e;
        }
        damaged = true;
        end = before;
      }
    }
    throw new IOException("no line of it is whole");
  }
}
