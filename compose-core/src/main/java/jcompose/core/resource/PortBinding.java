package jcompose.core.resource;

import java.util.Optional;

/// A container's port reached through the host.
///
/// @param hostAddress absent for all addresses
/// @param hostPorts a number or a range `8000-8010` of which a free one is taken; absent for any
///   free port
public record PortBinding(
    ExposedPort containerPort, Optional<String> hostAddress, Optional<String> hostPorts) {}
