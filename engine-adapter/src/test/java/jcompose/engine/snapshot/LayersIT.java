package jcompose.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jcompose.core.testkit.Needs;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.archive.TarWriter;
import jcompose.engine.archive.UnpackLimits;
import jcompose.engine.content.DataRoot;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("root")
class LayersIT {
  private static final Map<String, byte[]> NONE = Map.of();

  private Path folder;
  private OverlaySnapshotter snapshots;

  @BeforeEach
  void make() throws IOException {
    Needs.root();
    folder = Files.createTempDirectory("layers-");
    snapshots =
        new OverlaySnapshotter(
            new DataRoot(folder.resolve("data")), new UnpackLimits(1 << 20, 1000));
  }

  @AfterEach
  void clean() throws IOException {
    FileTree.remove(folder);
  }

  @Test
  void owners_modes_times_links_devices_and_attributes_are_as_in_the_archive() throws IOException {
    byte[] capability = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    var files =
        unpacked(
            entry("bin", TarEntry.Type.DIRECTORY, "", 01777, NONE),
            entry("bin/su", TarEntry.Type.FILE, "", 04755, NONE),
            entry(
                "bin/ping",
                TarEntry.Type.FILE,
                "",
                0755,
                Map.of("security.capability", capability)),
            entry("bin/hard", TarEntry.Type.HARD_LINK, "bin/su", 0, NONE),
            entry("bin/soft", TarEntry.Type.SYMLINK, "/bin/su", 0777, NONE),
            entry("pipe", TarEntry.Type.FIFO, "", 0600, NONE));

    try (var calls = new FileCalls()) {
      int opened = calls.open(FileCalls.CURRENT_FOLDER, files.toString(), FileCalls.O_DIRECTORY, 0);
      var su = calls.status(opened, "bin/su");
      assertThat(su.permissions()).isEqualTo(04755);
      assertThat(su.uid()).isEqualTo(7);
      assertThat(su.gid()).isEqualTo(8);
      assertThat(su.seconds()).isEqualTo(1_000_000);
      assertThat(calls.status(opened, "bin/hard").inode()).isEqualTo(su.inode());
      assertThat(calls.readSymlink(opened, "bin/soft")).isEqualTo("/bin/su");
      assertThat(calls.status(opened, "bin/soft").seconds()).isEqualTo(1_000_000);
      assertThat(calls.status(opened, "bin").permissions()).isEqualTo(01777);
      assertThat(calls.status(opened, "bin").seconds()).isEqualTo(1_000_000);
      assertThat(calls.attribute(opened, "bin/ping", "security.capability")).isEqualTo(capability);
      assertThat(calls.status(opened, "pipe").permissions()).isEqualTo(0600);
      calls.close(opened);
    }
  }

  @Test
  void whiteouts_become_what_overlayfs_reads() throws IOException {
    var files =
        unpacked(
            entry("a/.wh.gone", TarEntry.Type.FILE, "", 0644, NONE),
            entry("b", TarEntry.Type.DIRECTORY, "", 0755, NONE),
            entry("b/.wh..wh..opq", TarEntry.Type.FILE, "", 0644, NONE),
            entry(".wh.c", TarEntry.Type.FILE, "", 0644, NONE),
            entry("c", TarEntry.Type.DIRECTORY, "", 0755, NONE),
            entry(".wh..wh.plnk", TarEntry.Type.FILE, "", 0644, NONE));

    try (var calls = new FileCalls()) {
      int opened = calls.open(FileCalls.CURRENT_FOLDER, files.toString(), FileCalls.O_DIRECTORY, 0);
      assertThat(calls.status(opened, "a/gone").isWhiteout()).isTrue();
      assertThat(calls.attribute(opened, "b", "trusted.overlay.opaque"))
          .isEqualTo(new byte[] {'y'});
      assertThat(calls.attribute(opened, "c", "trusted.overlay.opaque"))
          .isEqualTo(new byte[] {'y'});
      assertThat(calls.list(opened)).containsExactlyInAnyOrder("a", "b", "c");
      calls.close(opened);
    }
  }

  @Test
  void no_member_reaches_outside() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "untouched");
    String up = "../".repeat(12) + victim.toString().substring(1);
    record Attack(String name, List<TarEntry> members) {}
    for (var attack :
        List.of(
            new Attack("dots", List.of(file(up))),
            new Attack("absolute", List.of(file(victim.toString()))),
            new Attack(
                "through an absolute symlink",
                List.of(
                    entry("x", TarEntry.Type.SYMLINK, folder.toString(), 0777, NONE),
                    file("x/victim"))),
            new Attack(
                "through a relative symlink",
                List.of(
                    entry(
                        "x",
                        TarEntry.Type.SYMLINK,
                        "../".repeat(12) + folder.toString().substring(1),
                        0777,
                        NONE),
                    file("x/victim"))),
            new Attack(
                "over a symlink",
                List.of(
                    entry("x", TarEntry.Type.SYMLINK, victim.toString(), 0777, NONE), file("x"))),
            new Attack(
                "over a hard link to outside",
                List.of(
                    entry("x", TarEntry.Type.HARD_LINK, victim.toString(), 0, NONE), file("x"))),
            new Attack(
                "mode through a symlink",
                List.of(
                    entry("x", TarEntry.Type.SYMLINK, folder.toString(), 0777, NONE),
                    entry("x/", TarEntry.Type.DIRECTORY, "", 0, NONE))))) {
      try {
        unpacked(attack.members().toArray(TarEntry[]::new));
      } catch (IOException refused) {
        // either is well
      }
      assertThat(victim).as(attack.name()).hasContent("untouched");
      try (var calls = new FileCalls()) {
        var status = calls.status(FileCalls.CURRENT_FOLDER, victim.toString());
        assertThat(status.uid()).as(attack.name()).isZero();
        assertThat(status.links()).as(attack.name()).isEqualTo(1);
        assertThat(calls.status(FileCalls.CURRENT_FOLDER, folder.toString()).permissions())
            .as(attack.name())
            .isEqualTo(0700);
      }
    }
    assertThat(Files.exists(Path.of("/victim"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void nothing_stays_behind_after_a_failure() throws IOException {
    byte[] tar = tar(file("good"), file("../bad"));

    assertThatThrownBy(() -> snapshots.unpack(diffId(tar), new ByteArrayInputStream(tar)))
        .hasMessageContaining("leaves its root");
    byte[] other = tar(file("good"));
    assertThatThrownBy(
            () -> snapshots.unpack(new DiffId(Digest.of("else")), new ByteArrayInputStream(other)))
        .hasMessageContaining("verification failed");

    assertThat(snapshots.layers()).isEmpty();
    try (Stream<Path> left = Files.list(folder.resolve("data/snapshots/temporary"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_bomb_is_stopped_at_the_limit() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      for (int i = 0; i < 1001; i++) {
        tar.begin(entry("d" + i, TarEntry.Type.DIRECTORY, "", 0755, NONE));
      }
    }
    byte[] many = bytes.toByteArray();
    assertThatThrownBy(() -> snapshots.unpack(diffId(many), new ByteArrayInputStream(many)))
        .hasMessageContaining("1000 members");

    bytes.reset();
    try (var tar = new TarWriter(bytes)) {
      tar.file(TarEntry.file("big", 0644, (1 << 20) + 1), new byte[(1 << 20) + 1]);
    }
    byte[] big = bytes.toByteArray();
    assertThatThrownBy(() -> snapshots.unpack(diffId(big), new ByteArrayInputStream(big)))
        .hasMessageContaining("bytes that are allowed");
  }

  @Test
  void a_committed_snapshot_packs_to_its_diff_id_and_unpacks_to_the_same() throws IOException {
    var layout = snapshots.prepare("one", List.of());
    Files.writeString(layout.upper().resolve("file"), "text");
    Files.createLink(layout.upper().resolve("hard"), layout.upper().resolve("file"));
    Files.createSymbolicLink(layout.upper().resolve("soft"), Path.of("file"));

    Layer layer = snapshots.commit("one");
    var packed = new ByteArrayOutputStream();
    snapshots.pack(layer.diffId(), packed);

    assertThat(new DiffId(Digest.ofBytes(packed.toByteArray()))).isEqualTo(layer.diffId());
    assertThat(layer.sizeBytes()).isEqualTo(4);
    assertThat(snapshots.layout("one")).isEmpty();
    var above = snapshots.prepare("two", List.of(layer.diffId()));
    assertThat(above.lowerPaths().getFirst().resolve("hard")).hasContent("text");
    assertThat(snapshots.removeLayer(layer.diffId())).isFalse();
    snapshots.remove("two");
    assertThat(snapshots.removeLayer(layer.diffId())).isTrue();
  }

  private Path unpacked(TarEntry... members) throws IOException {
    byte[] tar = tar(members);
    DiffId diffId = diffId(tar);
    snapshots.unpack(diffId, new ByteArrayInputStream(tar));
    return snapshots.prepare("s" + System.nanoTime(), List.of(diffId)).lowerPaths().getFirst();
  }

  private static DiffId diffId(byte[] tar) {
    return new DiffId(Digest.ofBytes(tar));
  }

  private static byte[] tar(TarEntry... members) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      for (var member : members) {
        tar.file(
            member,
            member.size() == 0 ? new byte[0] : "hacked".getBytes(StandardCharsets.US_ASCII));
      }
    }
    return bytes.toByteArray();
  }

  private static TarEntry file(String name) {
    return TarEntry.file(name, 0644, 6);
  }

  private static TarEntry entry(
      String name,
      TarEntry.Type type,
      String target,
      int permissions,
      Map<String, byte[]> attributes) {
    return new TarEntry(
        name, type, target, permissions, 7, 8, 0, 1_000_000, 0, 0, 0, attributes, Optional.empty());
  }
}
