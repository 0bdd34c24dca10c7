package jcompose.engine.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.oci.DiffId;

/// What steps gave, by key: one small file each, moved into place whole. A file that cannot be
/// read, such as one that a power failure left empty, is as good as none: the step runs again.
final class StepCache {
  private static final String NO_LAYER = "-";
  private static final String END = "end";

  private final Path folder;

  StepCache(Path folder) {
    this.folder = folder;
  }

  /// @param created when the step ran, so that an unchanged build gives the same image id
  /// @param layer absent when it changed no file
  record Result(Instant created, Optional<DiffId> layer) {}

  Optional<Result> find(StepKey key) {
    try {
      List<String> lines = Files.readAllLines(file(key));
      if (lines.size() != 3 || !lines.get(2).equals(END)) {
        return Optional.empty();
      }
      Optional<DiffId> layer =
          lines.get(1).equals(NO_LAYER)
              ? Optional.empty()
              : Optional.of(DiffId.parse(lines.get(1)));
      return Optional.of(new Result(Instant.parse(lines.get(0)), layer));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void put(StepKey key, Result result) throws IOException {
    Path file = file(key);
    Files.createDirectories(file.resolveSibling("."));
    Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    String layer = result.layer().map(DiffId::toString).orElse(NO_LAYER);
    Files.writeString(beside, result.created() + "\n" + layer + "\n" + END + "\n");
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void clear() throws IOException {
    FileTree.remove(folder);
    Files.createDirectories(folder);
  }

  private Path file(StepKey key) {
    return folder.resolve(key.hex().substring(0, 2)).resolve(key.hex().substring(2));
  }
}
