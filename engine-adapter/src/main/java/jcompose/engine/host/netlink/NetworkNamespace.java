package jcompose.engine.host.netlink;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// An open network namespace. It lives on, even without processes, until this is closed.
public final class NetworkNamespace implements AutoCloseable {
  private final int descriptor;

  private NetworkNamespace(int descriptor) {
    this.descriptor = descriptor;
  }

  /// @param path such as `/proc/4711/ns/net` or a file of `ip netns`
  /// @throws NetlinkException ENOENT when the process has gone
  public static NetworkNamespace open(Path path) {
    return new NetworkNamespace(SystemCalls.open(path));
  }

  int descriptor() {
    return descriptor;
  }

  /// Runs work in the namespace: sockets opened and files of /proc/sys/net read or written there
  /// are the namespace's. It runs on a platform thread of its own which then ends, because setns(2)
  /// changes a kernel thread and a virtual thread must never carry that to another.
  public <T> T call(Callable<T> work) {
    var result = new CompletableFuture<T>();
    Thread.ofPlatform()
        .daemon()
        .name("netns")
        .start(
            () -> {
              try {
                SystemCalls.setNetworkNamespace(descriptor);
                result.complete(work.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      // The work is short and has side effects: wait for it, then let the caller see the interrupt.
      T value = result.join();
      Thread.currentThread().interrupt();
      return value;
    }
  }

  @Override
  public void close() {
    SystemCalls.close(descriptor);
  }
}
