package jcompose.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {
  private static final RegistrySettings SETTINGS =
      new RegistrySettings(
          List.of(), List.of("registry.lan:5000", "plain.lan", "10.1.0.0/16"), Path.of("/none"));

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "localhost:5000, true",
    "127.0.0.1:5000, true",
    "127.9.9.9, true",
    "[::1]:5000, true",
    "localhost.example, false",
    "128.0.0.1, false",
    "registry.lan:5000, true",
    "registry.lan, false",
    "plain.lan, true",
    "plain.lan:5000, true",
    "10.1.2.3:5000, true",
    "10.2.2.3:5000, false",
    "[2001:db8::1]:5000, false",
    "docker.io, false",
  })
  void registries_are_insecure_when_settings_or_their_place_make_them_so(
      String name, boolean insecure) {
    assertThat(SETTINGS.isInsecure(name)).isEqualTo(insecure);
  }
}
