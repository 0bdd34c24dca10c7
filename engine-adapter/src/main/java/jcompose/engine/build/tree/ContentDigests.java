package jcompose.engine.build.tree;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import jcompose.engine.host.files.FileStatus;

/// Remembers the digests of files that did not change: same inode, size and modification time. A
/// file that was changed within the last seconds is not remembered, since it may change again
/// without its time showing it. Safe for many threads.
public final class ContentDigests {
  private static final int MAX_FILES = 200_000;
  private static final int SETTLED_SECONDS = 2;

  private final Map<Object, String> known =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, String> eldest) {
          return size() > MAX_FILES;
        }
      };

  /// What tells a file's state from another.
  record Identity(long device, long inode, long size, long seconds, int nanos) {
    static Identity of(FileStatus status) {
      return new Identity(
          status.device(), status.inode(), status.size(), status.seconds(), status.nanos());
    }
  }

  /// Computes a digest.
  interface Computation {
    String digest() throws IOException;
  }

  String of(Object identity, Computation computation) throws IOException {
    if (!(identity instanceof Identity file)
        || file.seconds() > Instant.now().getEpochSecond() - SETTLED_SECONDS) {
      return computation.digest();
    }
    synchronized (known) {
      String digest = known.get(file);
      if (digest != null) {
        return digest;
      }
    }
    String digest = computation.digest();
    synchronized (known) {
      known.put(file, digest);
    }
    return digest;
  }
}
