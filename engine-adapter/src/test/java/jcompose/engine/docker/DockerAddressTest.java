package jcompose.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "unix:///run/x.sock, unix:///run/x.sock",
    "tcp://host, tcp://host:2375",
    "tcp://host:99/, tcp://host:99",
    "tcp://[::1]:99, tcp://::1:99",
    "https://host, tcp://host:2376",
    "ssh://me@host, ssh://me@host",
    "ssh://me@host:22, ssh://me@host:22",
  })
  void addresses_are_read(String text, String shown) {
    assertThat(DockerAddress.parse(text, Map.of()).text()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host", "unix://relative", "tcp://", "tcp://h:x", "tcp://h:0", "ssh://-oA=b"})
  void what_is_no_address_is_told(String text) {
    assertThatThrownBy(() -> DockerAddress.parse(text, Map.of()))
        .isInstanceOf(EngineException.Invalid.class)
        .hasMessageContaining("unable to parse docker host '" + text + "'");
  }

  @Test
  void tls_is_chosen_by_the_environment() {
    Map<String, String> environment =
        Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/certificates");
    assertThat(DockerAddress.parse("tcp://host", environment))
        .isEqualTo(new DockerAddress.Tcp("host", 2376, true, true, Path.of("/certificates")));
  }

  @Test
  void a_socket_that_is_not_there_is_named_with_what_to_do(@TempDir Path folder) {
    String host = "unix://" + folder.resolve("none.sock");
    try (var engine = new DockerProvider().open(Optional.of(host), Map.of())) {
      assertThatThrownBy(engine::info)
          .isInstanceOf(EngineException.Unavailable.class)
          .hasMessageContaining("Cannot connect to the Docker daemon at " + host)
          .hasMessageContaining("-H or DOCKER_HOST");
    }
  }
}
