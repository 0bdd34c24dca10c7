package jcompose.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class DetachableInputTest {
  private static final byte[] KEYS = {'a', 16, 'b', 16, 17, 'c'};

  @Test
  void only_both_keys_in_a_row_detach() throws IOException {
    var input = new DetachableInput(new ByteArrayInputStream(KEYS));
    assertThat(input.readNBytes(4)).containsExactly('a', 16, 'b', 16);
    assertThat(input.detached()).isFalse();
    assertThat(input.read()).as("passed on, and seen across reads").isEqualTo(17);
    assertThat(input.detached()).isTrue();
  }
}
