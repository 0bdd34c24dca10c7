package jcompose.engine.host.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateRemovalTest {
  @TempDir Path folder;

  @Test
  void all_that_was_asked_for_is_gone_when_it_is_closed() throws IOException {
    try (var removal = new LateRemoval()) {
      for (int tree = 0; tree < 20; tree++) {
        Path deep = Files.createDirectories(folder.resolve("tree" + tree + "/a/b"));
        Files.writeString(deep.resolve("file"), "x");
        removal.remove(folder.resolve("tree" + tree));
      }
      removal.remove(folder.resolve("never-there"));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void after_the_end_trees_are_left_for_the_next_start() throws IOException {
    var removal = new LateRemoval();
    removal.close();
    Path tree = Files.createDirectory(folder.resolve("tree"));
    removal.remove(tree);
    assertThat(tree).exists();
  }
}
