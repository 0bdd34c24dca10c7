package jcompose.engine.build.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.archive.TarFormatException;
import jcompose.engine.archive.TarWriter;
import jcompose.engine.archive.UnpackLimits;
import jcompose.engine.dockerfile.IgnoreRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTreeTest {
  @TempDir Path folder;

  private interface Content {
    void write(TarWriter tar) throws IOException;
  }

  private TarTree tree(Content content, UnpackLimits limits) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      content.write(tar);
    }
    return TarTree.read(
        new ByteArrayInputStream(bytes.toByteArray()), folder.resolve("spool"), false, limits);
  }

  private static void file(TarWriter tar, String name, String text) throws IOException {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    tar.file(TarEntry.file(name, 0644, data.length), data);
  }

  private static TarEntry link(TarEntry.Type type, String name, String target) {
    return new TarEntry(name, type, target, 0777, 0, 0, 0, 0, 0, 0, 0, Map.of(), Optional.empty());
  }

  @Test
  void members_are_found_by_clean_names_and_folders_are_made_up() throws IOException {
    try (var tree =
        tree(
            tar -> {
              file(tar, "./a//b/c", "one");
              file(tar, "/a/d", "two");
            },
            UnpackLimits.DEFAULT)) {
      assertThat(tree.children(tree.at("a").orElseThrow()))
          .extracting(TreeNode::path)
          .containsExactly("a/b", "a/d");
      assertThat(tree.contentIgnoringRules("a/b/c", 10))
          .contains("one".getBytes(StandardCharsets.UTF_8));
      tree.ignore(IgnoreRules.parse("a\n!a/d"));
      assertThat(tree.at("a/b")).isEmpty();
      assertThat(tree.at("a/d")).isPresent();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "a/.."})
  void a_name_that_leaves_the_root_is_refused(String name) {
    assertThatThrownBy(() -> tree(tar -> file(tar, name, "x"), UnpackLimits.DEFAULT))
        .isInstanceOf(TarFormatException.class)
        .hasMessageContaining("leaves the archive's root");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void links_lead_nowhere_out_of_the_tree() throws IOException {
    try (var tree =
        tree(
            tar -> {
              file(tar, "etc/passwd", "inside");
              tar.begin(link(TarEntry.Type.SYMLINK, "up", "../../../etc"));
              tar.begin(link(TarEntry.Type.SYMLINK, "abs", "/etc/passwd"));
              tar.begin(link(TarEntry.Type.SYMLINK, "loop", "loop"));
            },
            UnpackLimits.DEFAULT)) {
      assertThat(TreePaths.resolve(tree, "up/passwd", true)).isEqualTo("etc/passwd");
      assertThat(TreePaths.resolve(tree, "abs", true)).isEqualTo("etc/passwd");
      assertThatThrownBy(() -> TreePaths.resolve(tree, "loop", true))
          .hasMessageContaining("too many levels of symbolic links");
    }
  }

  @Test
  void a_hard_link_must_name_a_member() {
    assertThatThrownBy(
            () ->
                tree(
                    tar -> tar.begin(link(TarEntry.Type.HARD_LINK, "h", "etc/shadow")),
                    UnpackLimits.DEFAULT))
        .hasMessageContaining("link to a file that the archive does not have");
  }

  @Test
  void more_than_the_limit_is_refused() {
    assertThatThrownBy(() -> tree(tar -> file(tar, "a", "12345678901"), new UnpackLimits(10, 10)))
        .hasMessageContaining("larger than a build context may be");
  }
}
