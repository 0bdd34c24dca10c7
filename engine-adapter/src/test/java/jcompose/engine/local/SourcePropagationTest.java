package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePropagationTest {
  private static final List<String> MOUNTS =
      List.of(
          "1 0 8:1 / / rw,relatime - ext4 /dev/a rw",
          "2 1 8:2 / /srv rw,relatime shared:5 - ext4 /dev/b rw",
          "3 1 8:3 / /mnt/a\\040b rw,relatime master:6 - ext4 /dev/c rw",
          "4 2 8:4 / /srv/own rw,relatime - ext4 /dev/d rw");

  @ParameterizedTest
  @CsvSource({
    "/home, rshared, / but it is not a shared mount",
    "/home, slave, / but it is not a shared or slave mount",
    "/srv/x, shared, ",
    "/srv/x, rslave, ",
    "/srvx, rshared, / but it is not a shared mount",
    "/srv/own/x, rslave, /srv/own but it is not a shared or slave mount",
    "/mnt/a b/c, rslave, ",
    "/mnt/a b/c, rshared, /mnt/a b but it is not a shared mount"
  })
  void the_mount_a_source_is_on_decides(String source, String propagation, String problem) {
    assertThat(SourcePropagation.problem(MOUNTS, Path.of(source), propagation).orElse(null))
        .isEqualTo(problem);
  }
}
