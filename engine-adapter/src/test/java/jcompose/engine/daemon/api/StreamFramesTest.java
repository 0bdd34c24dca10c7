package jcompose.engine.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcompose.core.engine.LogSink.Stream;
import org.junit.jupiter.api.Test;

class StreamFramesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static void write(StreamFrames frames, Stream stream, String text) {
    byte[] bytes = ("??" + text + "??").getBytes(StandardCharsets.UTF_8);
    frames.write(stream, bytes, 2, bytes.length - 4);
  }

  /// `1:text` for each frame.
  private List<String> frames() {
    var frames = new ArrayList<String>();
    var bytes = ByteBuffer.wrap(out.toByteArray());
    while (bytes.hasRemaining()) {
      int stream = bytes.getInt() >>> 24;
      byte[] text = new byte[bytes.getInt()];
      bytes.get(text);
      frames.add(stream + ":" + new String(text, StandardCharsets.UTF_8));
    }
    return frames;
  }

  @Test
  void what_a_client_is_attached_to_comes_as_it_was_written() {
    write(new StreamFrames(out, false, true, true), Stream.STDOUT, "a\nb\nc");

    assertThat(frames()).containsExactly("1:a\nb\nc");
  }

  @Test
  void a_log_has_a_frame_for_each_line() {
    var frames = StreamFrames.lines(out, false, true, true);

    write(frames, Stream.STDOUT, "a\n\nc");
    write(frames, Stream.STDERR, "d\n");
    write(frames, Stream.STDERR, "");

    assertThat(frames()).containsExactly("1:a\n", "1:\n", "1:c", "2:d\n");
  }

  @Test
  void a_stream_that_is_not_wanted_is_left_out() {
    var frames = StreamFrames.lines(out, false, false, true);

    write(frames, Stream.STDOUT, "a\n");
    write(frames, Stream.STDERR, "b\n");

    assertThat(frames()).containsExactly("2:b\n");
  }

  @Test
  void a_terminal_has_no_frames() {
    write(StreamFrames.lines(out, true, true, true), Stream.STDOUT, "a\nb");

    assertThat(out).hasToString("a\nb");
  }
}
