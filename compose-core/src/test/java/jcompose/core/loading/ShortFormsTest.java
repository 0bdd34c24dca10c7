package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortFormsTest {
  @ParameterizedTest
  @CsvSource({
    "80,':80/tcp'",
    "8080:80,'8080:80/tcp'",
    "127.0.0.1:8080:80/udp,'127.0.0.1 8080:80/udp'",
    "[::1]:8080:80,'::1 8080:80/tcp'",
    "127.0.0.1::80,'127.0.0.1 :80/tcp'",
    "8000-8010:80,'8000-8010:80/tcp'",
    "3000-3001:4000-4001,'3000:4000/tcp 3001:4001/tcp'",
  })
  void ports(String text, String expected) {
    var shown =
        PortText.parse(text).get().stream()
            .map(
                it ->
                    it.hostIp().map(ip -> ip + " ").orElse("")
                        + it.published().orElse("")
                        + ":"
                        + it.target()
                        + "/"
                        + it.protocol())
            .toList();

    assertThat(String.join(" ", shown)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "70000",
        "300.1.1.1:80:80",
        "localhost:80:80",
        "::1:80:80",
        "80/xyz",
        "3002-3000:80",
        "3000-3002:4000-4001",
        " 80",
        "1:2:3:4"
      })
  void what_is_no_port_is_refused(String text) {
    assertThat(PortText.parse(text).isLeft()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/d,false,,/d",
    "data:/d,false,data,/d",
    "./x:/d:ro,true,./x,/d",
    "~/x:/d,true,~/x,/d",
    "sub/dir:/d,false,sub/dir,/d",
    "C:/x:/d,true,C:/x,/d",
    "v:/data,false,,v:/data"
  })
  void volumes(String text, boolean bind, String source, String target) {
    VolumeText volume = VolumeText.parse(text).get();

    assertThat(volume.isBind()).isEqualTo(bind);
    assertThat(volume.source().orElse(null)).isEqualTo(source);
    assertThat(volume.target()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "./a:/a:ro:rw", "ab::c", ":/data"})
  void what_is_no_volume_is_refused(String text) {
    assertThat(VolumeText.parse(text).isLeft()).isTrue();
  }

  @Test
  void commands_are_split_as_a_shell_would() {
    assertThat(ShellWords.split("a 'b c' \"d \\\"e\" f\\ g ''").get())
        .isEqualTo(List.of("a", "b c", "d \"e", "f g", ""));
    assertThat(ShellWords.split("a | b").get()).isEqualTo(List.of("a"));
    assertThat(ShellWords.split("a # * ~").get()).isEqualTo(List.of("a", "#", "*", "~"));
    assertThat(ShellWords.split("a 'b").isLeft()).isTrue();
  }
}
