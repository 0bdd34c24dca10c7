package jcompose.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.ContainerFiles;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.FileInfo;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.archive.TarReader;
import jcompose.engine.archive.TarWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of `docker cp` about names, on a container that is a table of paths.
final class CopyTest {
  private static final ContainerId ID = new ContainerId("a".repeat(64));

  @TempDir private Path folder;

  /// Knows which paths are files and which are folders, and notes what it is sent.
  private static final class Table implements ContainerFiles {
    private final Map<String, Boolean> folders = new HashMap<>(Map.of("/", true, "/dir", true));
    private final List<String> sent = new ArrayList<>();
    private byte[] tar = new byte[0];

    Table() {
      folders.put("/file", false);
    }

    @Override
    public Optional<FileInfo> find(ContainerId id, String path) {
      String clean = Path.of(path).normalize().toString();
      return Optional.ofNullable(folders.get(clean))
          .map(it -> new FileInfo(clean.substring(1), it, Optional.empty()));
    }

    @Override
    public InputStream read(ContainerId id, String path) {
      return new ByteArrayInputStream(tar);
    }

    @Override
    public void write(ContainerId id, String to, InputStream from, boolean owners) {
      try {
        var reader = new TarReader(from);
        for (var entry = reader.next(); entry != null; entry = reader.next()) {
          sent.add(to + " " + entry.name());
        }
        reader.drain();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public InputStream export(ContainerId id) {
      return read(id, "/");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "src/f, false, /dir, /dir f",
    "src/f, false, /dir/, /dir/ f",
    "src/f, false, /dir/new, /dir new",
    "src/f, false, /file, / file",
    "src, false, /dir, /dir src; /dir src/f",
    "src, true, /dir, /dir f",
    "src, false, /dir/new, /dir new; /dir new/f",
    "src, true, /dir/new, /dir new; /dir new/f"
  })
  void what_goes_in_gets_the_name_that_docker_gives_it(
      String source, boolean contents, String target, String sent) throws IOException {
    Files.createDirectory(folder.resolve("src"));
    Files.writeString(folder.resolve("src/f"), "text");
    var table = new Table();
    new CopyIn(table, false, false).fromFolder(ID, folder.resolve(source), contents, target);
    assertThat(String.join("; ", table.sent)).isEqualTo(sent);
  }

  @Test
  void what_cannot_go_in_is_refused() throws IOException {
    Files.writeString(folder.resolve("f"), "text");
    var copy = new CopyIn(new Table(), false, false);
    assertThatThrownBy(() -> copy.fromFolder(ID, folder, false, "/file"))
        .hasMessageContaining("cannot copy directory");
    assertThatThrownBy(() -> copy.fromFolder(ID, folder.resolve("f"), false, "/none/"))
        .hasMessageContaining("no such directory");
    assertThatThrownBy(() -> copy.fromFolder(ID, folder.resolve("no"), false, "/dir"))
        .hasMessageContaining("no such file");
  }

  @ParameterizedTest
  @CsvSource({"/dir, there, there/dir/f", "/dir/., there, there/f", "/dir, new, new/f"})
  void what_comes_out_gets_the_name_that_docker_gives_it(String path, String target, String file)
      throws IOException {
    Files.createDirectory(folder.resolve("there"));
    var table = new Table();
    table.tar = tar("dir", "dir/f");
    new CopyOut(table, false, false).toFolder(ID, path, folder.resolve(target), false);
    assertThat(folder.resolve(file)).hasContent("text");
  }

  @Test
  void nothing_that_comes_out_leaves_the_folder() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    var table = new Table();
    table.tar = tar("dir", "dir/../../escaped", "dir/f");
    try {
      new CopyOut(table, false, false).toFolder(ID, "/dir", inside, false);
    } catch (CopyFailed e) {
      assertThat(e).hasMessageContaining("cannot copy");
    }
    assertThat(folder.resolve("escaped")).doesNotExist();
  }

  /// The first is a folder, the others hold `text`.
  private static byte[] tar(String top, String... files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new TarWriter(bytes)) {
      writer.begin(TarEntry.directory(top, 0755));
      for (String file : files) {
        writer.file(TarEntry.file(file, 0644, 4), "text".getBytes(StandardCharsets.US_ASCII));
      }
    }
    return bytes.toByteArray();
  }
}
