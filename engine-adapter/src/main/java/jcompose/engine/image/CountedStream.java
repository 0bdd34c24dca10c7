package jcompose.engine.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Tells how many bytes were read.
final class CountedStream extends FilterInputStream {
  private final Listener listener;
  private long count;

  CountedStream(InputStream in, Listener listener) {
    super(in);
    this.listener = listener;
  }

  /// Told the number of bytes so far.
  interface Listener {
    void at(long count);
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      listener.at(++count);
    }
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read > 0) {
      count += read;
      listener.at(count);
    }
    return read;
  }
}
