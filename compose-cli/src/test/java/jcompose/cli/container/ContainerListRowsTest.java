package jcompose.cli.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import jcompose.cli.template.Tree;
import org.junit.jupiter.api.Test;

final class ContainerListRowsTest {
  private static final Tree CONTAINER =
      Tree.parse(
          """
          {"Id":"0123456789abcdef0123","Names":["/other/alias","/web"],
           "Image":"bb:1@sha256:00","ImageID":"sha256:ffffffffffffffff",
           "Command":"sh -c 'echo \\"hi\\"; sleep 1000'","Created":0,
           "Labels":{"b":"2","a":"1"},"State":"running","Status":"Up 1 minute",
           "SizeRw":1234,"SizeRootFs":1985472,
           "NetworkSettings":{"Networks":{"z":{},"a":{}}},
           "Mounts":[{"Name":"0123456789abcdefgh","Driver":"local"},{"Source":"/tmp"}]}
          """);

  @Test
  void what_is_long_is_cut() {
    var row = new ContainerListRows(Instant.ofEpochSecond(120), false).of(CONTAINER);
    assertThat(row.fields())
        .containsEntry("ID", "0123456789ab")
        .containsEntry("Names", "web")
        .containsEntry("Image", "bb:1")
        .containsEntry("Command", "\"sh -c 'echo \\\"hi\\\"; s…\"")
        .containsEntry("RunningFor", "2 minutes ago")
        .containsEntry("Labels", "a=1,b=2")
        .containsEntry("Networks", "a,z")
        .containsEntry("Mounts", "0123456789abcd…,/tmp")
        .containsEntry("LocalVolumes", "1")
        .containsEntry("Size", "1.23kB (virtual 1.99MB)");
  }

  @Test
  void or_it_is_not() {
    var row = new ContainerListRows(Instant.ofEpochSecond(120), true).of(CONTAINER);
    assertThat(row.fields())
        .containsEntry("ID", "0123456789abcdef0123")
        .containsEntry("Names", "other/alias,web")
        .containsEntry("Image", "bb:1@sha256:00")
        .containsEntry("Command", "\"sh -c 'echo \\\"hi\\\"; sleep 1000'\"")
        .containsEntry("Mounts", "0123456789abcdefgh,/tmp");
  }
}
