package jcompose.engine.build.tree;

import java.io.IOException;
import jcompose.engine.host.files.FileCalls;

/// A file descriptor being read.
record OpenFile(FileCalls calls, int descriptor, String path) implements SourceTree.FileContent {
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = FileCalls.check(calls.read(descriptor, into, offset, length), "read", path);
    return count == 0 ? -1 : count;
  }

  @Override
  public void close() {
    calls.close(descriptor);
  }
}
