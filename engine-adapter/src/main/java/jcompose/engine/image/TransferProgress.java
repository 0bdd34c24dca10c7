package jcompose.engine.image;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import jcompose.core.engine.TransferListener;

/// Passes what several threads have to say on to a listener, one at a time, and counts at most ten
/// times a second for a part: a listener may be a terminal at the other end of a network.
final class TransferProgress {
  private static final long PAUSE_NANOS = 100_000_000;

  private final TransferListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> lastCount = new ConcurrentHashMap<>();

  TransferProgress(TransferListener listener) {
    this.listener = listener;
  }

  void say(String part, String message) {
    tell(part, message, Optional.empty(), Optional.empty());
  }

  void count(String part, String message, long current, long total) {
    long now = System.nanoTime();
    Long last = lastCount.get(part + message);
    if (last != null && now - last < PAUSE_NANOS && current != total) {
      return;
    }
    lastCount.put(part + message, now);
    tell(part, message, Optional.of(current), Optional.of(total));
  }

  private void tell(String part, String message, Optional<Long> current, Optional<Long> total) {
    lock.lock();
    try {
      listener.progress(part, message, current, total);
    } finally {
      lock.unlock();
    }
  }
}
