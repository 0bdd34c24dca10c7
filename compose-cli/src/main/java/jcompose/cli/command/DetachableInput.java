package jcompose.cli.command;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Keys on their way to a program, watched for the two that leave it alone: ctrl-p, ctrl-q. They
/// are passed on too, because the daemon acts on them.
final class DetachableInput extends FilterInputStream {
  private static final int CTRL_P = 16;
  private static final int CTRL_Q = 17;

  private int last;
  private volatile boolean detached;

  DetachableInput(InputStream keys) {
    super(keys);
  }

  boolean detached() {
    return detached;
  }

  @Override
  public int read() throws IOException {
    int key = super.read();
    watch(key);
    return key;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    for (int i = 0; i < count; i++) {
      watch(into[offset + i]);
    }
    return count;
  }

  private void watch(int key) {
    detached |= last == CTRL_P && key == CTRL_Q;
    last = key;
  }
}
