package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.LogConfig;
import jcompose.engine.runtime.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogOptionsTest {
  private static final Path LOG = Path.of("/log");

  private static Output of(String driver, Map<String, String> options) {
    return LogOptions.output(Optional.of(new LogConfig(driver, options)), LOG);
  }

  @ParameterizedTest
  @CsvSource({"10m, 10485760", "64k, 65536", "1g, 1073741824", "100, 100", "2kb, 2048"})
  void sizes_have_units(String text, long bytes) {
    assertThat(of("json-file", Map.of("max-size", text, "max-file", "3")))
        .isEqualTo(new Output.LogFile(LOG, bytes, 3, false));
  }

  @Test
  void without_options_one_file_grows() {
    assertThat(LogOptions.output(Optional.empty(), LOG))
        .isEqualTo(new Output.LogFile(LOG, 0, 1, false));
    assertThat(of("local", Map.of())).isEqualTo(new Output.LogFile(LOG, 20 << 20, 5, true));
    assertThat(of("json-file", Map.of("compress", "1", "max-size", "1k", "max-file", "2")))
        .isEqualTo(new Output.LogFile(LOG, 1024, 2, true));
    assertThat(of("none", Map.of())).isEqualTo(new Output.Discarded());
  }

  @ParameterizedTest
  @CsvSource({
    "max-size, bad, invalid size: 'bad'",
    "max-size, -1, invalid size: '-1'",
    "max-file, 0, max-file cannot be less than 1",
    "compress, true, compress cannot be true when max-file is less than 2 or max-size is not set"
  })
  void what_makes_no_sense_is_refused_in_dockers_words(String name, String value, String why) {
    assertThatThrownBy(() -> of("json-file", Map.of(name, value)))
        .isInstanceOf(EngineException.Failed.class)
        .hasMessage(
            "failed to create task for container: failed to initialize logging driver: " + why);
  }
}
