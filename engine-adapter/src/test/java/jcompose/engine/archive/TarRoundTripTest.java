package jcompose.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarRoundTripTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 101, 155, 156, 255, 256, 300, 4000})
  void names_of_any_length_survive(int length) throws IOException {
    String name = "d/".repeat(length / 2) + "f".repeat(length % 2 == 0 ? 2 : 1);
    TarEntry read = Objects.requireNonNull(reader(written(TarEntry.file(name, 0644, 3))).next());

    assertThat(read.name()).isEqualTo(name);
  }

  @Test
  void attributes_that_are_no_text_and_big_numbers_survive() throws IOException {
    byte[] capability = {1, 0, 0, 2, 0, (byte) 0x84, (byte) 0xff, 0, '\n', 0};
    var entry =
        new TarEntry(
            "ping",
            TarEntry.Type.FILE,
            "",
            04755,
            3_000_000,
            -1,
            3,
            -5,
            0,
            0,
            0,
            Map.of("security.capability", capability),
            Optional.empty());

    TarEntry read = Objects.requireNonNull(reader(written(entry)).next());

    assertThat(read.attributes().get("security.capability")).isEqualTo(capability);
    assertThat(read.permissions()).isEqualTo(04755);
    assertThat(read.uid()).isEqualTo(3_000_000);
    assertThat(read.gid()).isEqualTo(-1);
    assertThat(read.seconds()).isEqualTo(-5);
  }

  @Test
  void data_and_the_end_are_found() throws IOException {
    var reader = reader(written(TarEntry.file("one", 0600, 3)));

    assertThat(reader.next()).isNotNull();
    assertThat(reader.readAll(10)).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(reader.next()).isNull();
  }

  @Test
  void a_header_of_gigabytes_is_refused_before_it_is_read() throws IOException {
    byte[] tar = written(TarEntry.file("x", 0644, 3));
    tar[156] = 'L'; // a long name follows, of 8 GiB
    for (int i = 124; i < 135; i++) {
      tar[i] = '7';
    }
    fixChecksum(tar);

    assertThatThrownBy(() -> reader(tar).next())
        .isInstanceOf(TarFormatException.class)
        .hasMessageContaining("at most");
  }

  @Test
  void a_damaged_header_is_refused() throws IOException {
    byte[] tar = written(TarEntry.file("x", 0644, 3));
    tar[0]++;

    assertThatThrownBy(() -> reader(tar).next()).hasMessageContaining("checksum");
  }

  private static void fixChecksum(byte[] tar) {
    java.util.Arrays.fill(tar, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += tar[i] & 0xff;
    }
    byte[] octal = "%06o\0".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, tar, 148, 7);
  }

  private static byte[] written(TarEntry entry) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      tar.file(entry, "abc".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static TarReader reader(byte[] tar) {
    return new TarReader(new ByteArrayInputStream(tar));
  }
}
