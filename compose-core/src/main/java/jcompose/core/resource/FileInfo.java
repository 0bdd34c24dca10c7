package jcompose.core.resource;

import java.util.Optional;

/// What a path in a container names.
///
/// @param name its last part
/// @param linkTarget where a symbolic link leads, as the link has it
public record FileInfo(String name, boolean folder, Optional<String> linkTarget) {}
