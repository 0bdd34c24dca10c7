package jcompose.engine.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class WebSocketStreamTest {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private WebSocketStream receiving(String hex) {
    var input = new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", "")));
    return new WebSocketStream(
        new RawStream() {
          @Override
          public InputStream input() {
            return input;
          }

          @Override
          public OutputStream output() {
            return sent;
          }

          @Override
          public void closeOutput() {}

          @Override
          public void abort() {}
        });
  }

  private String sentHex() {
    return HexFormat.of().formatHex(sent.toByteArray());
  }

  @Test
  void the_key_of_the_rfc_is_accepted_as_it_says() {
    assertThat(WebSocketStream.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void fragments_are_one_input_and_a_ping_between_them_is_answered() throws IOException {
    // "Hel", ping "?", "lo" with masks of their own, then close
    WebSocketStream stream =
        receiving("01 83 37fa213d 7f9f4d  89 81 01020304 3e  80 82 01020304 6d6d  88 80 00000000");
    assertThat(new String(stream.input().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("Hello");
    assertThat(sentHex()).isEqualTo("8a013f");
  }

  @Test
  void writes_are_binary_messages_with_the_shortest_length() throws IOException {
    WebSocketStream stream = receiving("");
    stream.output().write("hi".getBytes(StandardCharsets.UTF_8));
    stream.output().write(new byte[126]);
    assertThat(sentHex()).startsWith("82026869827e007e0000").hasSize(2 * (4 + 4 + 126));
  }

  @Test
  void what_breaks_the_protocol_ends_the_input_with_an_error() {
    for (String bad :
        new String[] {
          "82 01 41", // not masked
          "c2 81 00000000 41", // extension
          "83 81 00000000 41", // unknown frame
          "82 ff ffffffffffffffff 00000000", // negative length
          "89 fe 0080 00000000", // long control frame
          "82 85 00000000 41" // cut off
        }) {
      assertThatThrownBy(() -> receiving(bad).input().readAllBytes())
          .as(bad)
          .isInstanceOf(IOException.class);
    }
  }
}
