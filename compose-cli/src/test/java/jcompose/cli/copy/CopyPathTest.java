package jcompose.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jcompose.cli.console.DetachableInput;
import jcompose.cli.settings.UsageError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CopyPathTest {
  @ParameterizedTest
  @CsvSource({
    "web:/etc/x, web, /etc/x",
    "web:rel, web, rel",
    "-, '', -",
    "/a:b, '', /a:b",
    "./a:b, '', ./a:b",
    "a/b:c, '', a/b:c",
    "plain, '', plain",
    ":x, '', :x"
  })
  void a_service_is_told_from_a_path(String text, String service, String path) {
    CopyPath found = CopyPath.of(text);
    assertThat(found.service().orElse("")).isEqualTo(service);
    assertThat(found.path()).isEqualTo(path);
  }

  @Test
  void keys_that_detach_are_read_as_docker_writes_them() {
    assertThat(DetachableInput.sequence("ctrl-a,d,ctrl-@,ctrl-_")).containsExactly(1, 'd', 0, 31);
    assertThat(DetachableInput.sequence("")).containsExactly(16, 17);
    assertThatThrownBy(() -> DetachableInput.sequence("ctrl-a,dd"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("\"dd\" is no key");
  }
}
