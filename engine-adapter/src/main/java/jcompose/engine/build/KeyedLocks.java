package jcompose.engine.build;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// A lock a name, kept while someone has or wants it.
final class KeyedLocks {
  private final Map<String, Counted> locks = new HashMap<>();

  private static final class Counted {
    final ReentrantLock lock = new ReentrantLock();
    int users;
  }

  /// Unlocks once.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Held lock(String name) throws InterruptedException {
    Counted counted;
    synchronized (locks) {
      counted = locks.computeIfAbsent(name, _ -> new Counted());
      counted.users++;
    }
    try {
      counted.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      leave(name, counted);
      throw e;
    }
    return () -> {
      counted.lock.unlock();
      leave(name, counted);
    };
  }

  private void leave(String name, Counted counted) {
    synchronized (locks) {
      if (--counted.users == 0) {
        locks.remove(name);
      }
    }
  }
}
