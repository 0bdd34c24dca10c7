package jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jcompose.core.testkit.Needs;
import jcompose.engine.local.ScratchRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A container swaps a folder for a link that leads to the host's files, time and again, while the
/// engine goes through it.
@Tag("root")
final class RacesIT {
  private static final ScratchRoot SCRATCH = new ScratchRoot();
  private static Daemon daemon;
  private static ApiClient api;

  @TempDir static Path host;

  @BeforeAll
  static void open() throws IOException {
    Needs.root();
    var settings = DaemonSettings.of(Optional.empty(), Optional.of(SCRATCH.make()));
    daemon = Daemon.open(settings);
    api = new ApiClient(settings.socket());
    api.importBox();
    Files.writeString(host.resolve("marker"), "the host's");
  }

  @AfterAll
  static void close() throws IOException {
    if (daemon != null) {
      for (var each : api.get("/containers/json?all=1").json()) {
        api.delete("/containers/" + each.get("Id").asText() + "?force=1&v=1");
      }
      api.delete("/volumes/shared");
      daemon.close();
      SCRATCH.removeAndCheckThatNothingIsLeft();
    }
  }

  private static void swap(String name, String path, String mounts) throws IOException {
    String script =
        "mkdir real; echo ours >real/marker; while :; do mv real %1$s; mv %1$s real; ln -s %2$s %1$s; rm %1$s; done"
            .formatted(path, host);
    start(name, script, mounts);
  }

  private static void start(String name, String script, String mounts) throws IOException {
    var created =
        api.post(
            "/containers/create?name=" + name,
            "{\"Image\":\"box\",\"WorkingDir\":\"/w\",\"Cmd\":[\"sh\",\"-c\",\"%s\"],\"HostConfig\":{\"NetworkMode\":\"none\",\"Mounts\":[%s]}}"
                .formatted(script, mounts));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    // it may be refused: what it needs may be missing just now
    assertThat(api.post("/containers/" + name + "/start", "").status()).isIn(204, 400, 500);
  }

  /// CVE-2018-15664
  @Test
  void copying_follows_no_link_out_of_the_container() throws Exception {
    swap("swaps", "/w/d", "");
    byte[] tar = api.get("/containers/swaps/archive?path=/bin/sh").body();
    int found = 0;
    for (int i = 0; i < 100; i++) {
      try {
        var got = api.get("/containers/swaps/archive?path=/w/d/marker");
        assertThat(new String(got.body(), StandardCharsets.ISO_8859_1))
            .doesNotContain("the host's");
        found += got.status() == 200 ? 1 : 0;
      } catch (EOFException gone) {
        // between the answer's head and its body
      }
      var put = api.call("PUT", "/containers/swaps/archive?path=/w/d", tar);
      assertThat(put.status()).isIn(200, 400, 404, 500);
    }
    assertThat(found).as("how often it was there to be copied").isPositive();
    assertThat(host.resolve("sh")).doesNotExist();
  }

  /// CVE-2021-30465, and the same by a part of a volume.
  @Test
  void mounting_follows_no_link_out_of_the_container() throws Exception {
    String shared = "{\"Type\":\"volume\",\"Source\":\"shared\",\"Target\":\"/w\"}";
    swap("moves", "d", shared);
    for (int i = 0; i < 10; i++) {
      start(
          "inside" + i, "cat /w/d/marker", shared + ",{\"Type\":\"tmpfs\",\"Target\":\"/w/d/t\"}");
      start(
          "below" + i,
          "cat /m/marker",
          "{\"Type\":\"volume\",\"Source\":\"shared\",\"Target\":\"/m\",\"VolumeOptions\":{\"Subpath\":\"d\"}}");
      for (String name : new String[] {"inside" + i, "below" + i}) {
        api.post("/containers/" + name + "/wait", "");
        assertThat(api.get("/containers/" + name + "/logs?stdout=1&stderr=1").text())
            .doesNotContain("the host's");
      }
    }
    assertThat(host.resolve("t")).doesNotExist();
  }
}
