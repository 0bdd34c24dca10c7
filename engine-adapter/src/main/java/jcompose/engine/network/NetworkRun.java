package jcompose.engine.network;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.engine.EngineException;
import jcompose.engine.host.netlink.NetworkNamespace;
import org.jspecify.annotations.Nullable;

/// What one container has while it runs. Changed by one thread at a time: the caller orders the
/// calls for one container.
final class NetworkRun {
  volatile Attachment attachment;
  final List<HeldPort> held = new ArrayList<>();
  volatile @Nullable NetworkNamespace namespace;
  volatile @Nullable NameServer nameServer;

  NetworkRun(Attachment attachment) {
    this.attachment = attachment;
  }

  NetworkNamespace namespace() {
    NetworkNamespace open = namespace;
    if (open == null) {
      throw new EngineException.Conflict(
          "container " + attachment.container() + " has no network yet");
    }
    return open;
  }
}
