package jcompose.engine.build;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Hands bytes on as text, a character that is cut in two kept until the rest arrives.
final class TextStream extends OutputStream {
  private final Consumer<String> out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer rest = ByteBuffer.allocate(0);

  TextStream(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    ByteBuffer in = ByteBuffer.allocate(rest.remaining() + length);
    in.put(rest).put(bytes, offset, length).flip();
    CharBuffer text = CharBuffer.allocate(in.remaining() + 1);
    decoder.decode(in, text, false);
    rest = in.slice();
    text.flip();
    if (text.hasRemaining()) {
      out.accept(text.toString());
    }
  }

  /// What is left of a character that never was completed.
  synchronized void finish() {
    if (rest.hasRemaining()) {
      rest = ByteBuffer.allocate(0);
      out.accept("\uFFFD");
    }
  }
}
