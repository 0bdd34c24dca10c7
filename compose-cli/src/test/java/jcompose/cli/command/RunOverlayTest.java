package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jcompose.core.loading.LoadRequest;
import jcompose.core.loading.LoadResult;
import jcompose.core.loading.ProjectLoader;
import jcompose.core.model.Port;
import jcompose.core.model.Service;
import jcompose.core.model.ServiceMount;
import jcompose.core.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RunOverlayTest {
  @TempDir private Path folder;

  private static SourceFile overlay(String... flags) {
    var overlay = new RunOverlay();
    new CommandLine(overlay).parseArgs(flags);
    return overlay.file("web", Path.of("/caller")).orElseThrow();
  }

  @Test
  void flags_are_merged_over_the_service() throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        services:
          web:
            image: x
            ports: ["80:80"]
            volumes: ["/a:/a", "/b:/b"]
            cap_add: [SYS_TIME]
        """);
    var options =
        LoadRequest.Options.DEFAULT.withOverlay(
            overlay("-p", "8080:81", "-v", "./c:/b", "--cap-add", "NET_RAW", "--cap-drop", "ALL"));
    var result = new ProjectLoader().load(LoadRequest.of(folder, Map.of()).withOptions(options));

    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    Service web = ((LoadResult.Loaded) result).project().services().firstEntry().getValue();
    assertThat(web.networking().ports()).extracting(Port::target).containsExactly(81);
    assertThat(web.storage().volumes())
        .extracting(it -> it.target() + "=" + ((ServiceMount.Bind) it).source())
        .containsExactly("/a=/a", "/b=/caller/c");
    assertThat(web.isolation().capAdd()).containsExactly("SYS_TIME", "NET_RAW");
    assertThat(web.isolation().capDrop()).containsExactly("ALL");
  }

  @Test
  void what_a_flag_says_is_taken_literally() {
    assertThat(overlay("--cap-add", "a\"b\\c${X}\n").text())
        .isEqualTo("services:\n  \"web\":\n    cap_add:\n      - \"a\\\"b\\\\c$${X}\\x0a\"\n");
  }
}
