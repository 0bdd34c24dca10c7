package jcompose.engine.network;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jcompose.engine.host.netlink.NetlinkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Links of containers that have exited. The kernel takes them away with their namespace, many at
/// once; deleting each by hand would take tens of milliseconds in which no other link can be made.
/// What is still there after a while, because another container shares the namespace, is deleted.
final class LeavingLinks {
  private static final Logger LOG = LoggerFactory.getLogger(LeavingLinks.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final HostKernel kernel;
  private final Set<Endpoint> leaving = ConcurrentHashMap.newKeySet();

  LeavingLinks(HostKernel kernel) {
    this.kernel = kernel;
  }

  void add(Collection<Endpoint> endpoints) {
    leaving.addAll(endpoints);
    Thread.ofVirtual()
        .name("leaving-links")
        .start(
            () -> {
              try {
                Thread.sleep(PATIENCE);
                endpoints.forEach(this::delete);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /// Deletes all that are left now.
  void finish() {
    leaving.forEach(this::delete);
  }

  private void delete(Endpoint endpoint) {
    try {
      if (leaving.contains(endpoint)) {
        var _ = kernel.deleteEndpoint(endpoint);
        leaving.remove(endpoint);
      }
    } catch (NetlinkException e) {
      LOG.atWarn()
          .addKeyValue("link", endpoint.hostInterface())
          .setCause(e)
          .log("cannot delete the link of a container that has exited");
    }
  }
}
