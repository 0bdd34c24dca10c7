package jcompose.core.model;

import java.util.Optional;

/// A container's port made reachable on the host.
///
/// @param target the container's port
/// @param published the host's port, or a range `8000-8010` to choose from; absent for any free one
/// @param protocol `tcp`, `udp` or `sctp`
/// @param mode `ingress` or `host`
public record Port(
    int target,
    Optional<String> published,
    Optional<String> hostIp,
    String protocol,
    String mode,
    Optional<String> name,
    Optional<String> appProtocol) {}
