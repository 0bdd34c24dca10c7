package jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jcompose.core.engine.EngineException;
import jcompose.engine.local.EngineSettings;
import jcompose.engine.network.NetworkSettings.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
  @TempDir Path folder;

  private EngineSettings read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("engine.json"), text);
    return SettingsFile.read(file).over(EngineSettings.of(folder));
  }

  @Test
  void a_file_that_is_not_there_changes_nothing() {
    var usual = EngineSettings.of(folder);

    assertThat(SettingsFile.read(folder.resolve("none")).over(usual)).isEqualTo(usual);
  }

  @Test
  void its_keys_are_those_of_dockerd() throws IOException {
    var settings =
        read(
            """
            {"registry-mirrors": ["https://mirror.example/", "http://127.0.0.1:5000"],
             "insecure-registries": ["registry.lan:5000", "10.0.0.0/8"],
             "default-address-pools": [{"base": "10.10.0.0/16", "size": 24}]}
            """);

    assertThat(settings.registries().mirrors())
        .containsExactly(URI.create("https://mirror.example"), URI.create("http://127.0.0.1:5000"));
    assertThat(settings.registries().insecure()).containsExactly("registry.lan:5000", "10.0.0.0/8");
    assertThat(settings.pools()).isEqualTo(List.of(new Pool("10.10.0.0/16", 24)));
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"registry-mirrors": ["ftp://a"], "insecure-registries": 1, "hosts": [],
                     "default-address-pools": [{"base": "10.10.0.0/16", "size": 8}]}
                    """))
        .isInstanceOf(EngineException.Invalid.class)
        .hasMessageContainingAll(
            "engine.json",
            "invalid mirror \"ftp://a\"",
            "insecure-registries must be a list",
            "unknown key \"hosts\"",
            "invalid address pool");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"registry-mirrors\": [}       | engine.json:1:23",
        "[]                              | one JSON object",
        "{\"a\": 1, \"a\": 2}            | Duplicate field",
      })
  void what_is_no_settings_file_is_refused(String text, String said) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(EngineException.Invalid.class)
        .hasMessageContaining(said);
  }
}
