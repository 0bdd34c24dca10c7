package jcompose.core.model;

import java.util.Optional;

/// A secret or config that a service may read.
///
/// @param source key under the project's `secrets` or `configs`
/// @param target path in the container; a secret's may be relative to `/run/secrets`
/// @param mode permission bits
public record FileGrant(
    String source,
    Optional<String> target,
    Optional<String> uid,
    Optional<String> gid,
    Optional<Integer> mode) {}
