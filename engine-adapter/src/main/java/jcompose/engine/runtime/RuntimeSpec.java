package jcompose.engine.runtime;

import java.util.List;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.ResourceLimits;
import jcompose.engine.snapshot.OverlayLayout;

/// All that is needed to run a container once: names and images already resolved to paths and
/// numbers.
///
/// @param root mounted inside the container's mount namespace only; folders of it that are missing
///   as mount points (`/proc`, `/dev`, …) come from a layer below all others, not from what the
///   container writes
/// @param mounts volumes, binds, and the files the engine writes: /etc/hosts, /etc/hostname,
///   /etc/resolv.conf. Docker's own /proc, /sys, /dev and their parts are added; a mount on one of
///   them replaces it
/// @param namespaces modes, resolved from `isolation`'s, which are not read here
/// @param hostname set in a UTS namespace of its own; empty to leave it
/// @param isolation capabilities, devices, security options, ulimits, sysctls, tmpfs, … as asked
///   for; its modes, hostname and `volumesFrom` are the caller's affair
/// @param output where stdout and stderr are kept
public record RuntimeSpec(
    ContainerId id,
    OverlayLayout root,
    RuntimeProcess process,
    List<RuntimeMount> mounts,
    Namespaces namespaces,
    String hostname,
    String domainname,
    IsolationSpec isolation,
    ResourceLimits limits,
    Output output) {
  public RuntimeSpec {
    mounts = List.copyOf(mounts);
  }

  /// A container with Docker's defaults and no log, such as one step of an image build.
  public static RuntimeSpec of(ContainerId id, OverlayLayout root, RuntimeProcess process) {
    return new RuntimeSpec(
        id,
        root,
        process,
        List.of(),
        Namespaces.OWN,
        id.shortId(),
        "",
        IsolationSpec.DEFAULT,
        ResourceLimits.NONE,
        new Output.Discarded());
  }
}
