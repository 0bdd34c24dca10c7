package jcompose.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class OutputFramesTest {
  private final StringBuilder seen = new StringBuilder();

  private void copy(byte[] bytes, boolean raw) throws IOException {
    OutputFrames.copy(
        new ByteArrayInputStream(bytes),
        raw,
        (stream, buffer, offset, length) ->
            seen.append(stream)
                .append(':')
                .append(new String(buffer, offset, length, StandardCharsets.UTF_8))
                .append(' '));
  }

  private static byte[] frame(int stream, String text) {
    var out = new ByteArrayOutputStream();
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(new byte[] {(byte) stream, 0, 0, 0, 0, 0, 0, (byte) payload.length});
    out.writeBytes(payload);
    return out.toByteArray();
  }

  @Test
  void frames_are_told_apart() throws IOException {
    var all = new ByteArrayOutputStream();
    all.writeBytes(frame(1, "out"));
    all.writeBytes(frame(2, "err"));
    all.writeBytes(frame(1, ""));
    copy(all.toByteArray(), false);
    assertThat(seen).hasToString("STDOUT:out STDERR:err ");
  }

  @Test
  void a_terminals_stream_is_taken_as_it_is() throws IOException {
    copy("\u0001 raw".getBytes(StandardCharsets.UTF_8), true);
    assertThat(seen).hasToString("STDOUT:\u0001 raw ");
  }

  @Test
  void a_frame_that_breaks_off_is_an_error() {
    byte[] whole = frame(1, "cut");
    assertThatThrownBy(() -> copy(java.util.Arrays.copyOf(whole, 9), false))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> copy(java.util.Arrays.copyOf(whole, 5), false))
        .isInstanceOf(EOFException.class);
  }
}
