package jcompose.core.model;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A command run in a container at a point of its life.
///
/// @param image of a `pre_start` hook: what it runs in
/// @param perReplica a `pre_start` hook runs once a replica rather than once a service
public record Hook(
    List<String> command,
    Optional<String> user,
    boolean privileged,
    Optional<String> workingDir,
    SequencedMap<String, Optional<String>> environment,
    Optional<String> image,
    boolean perReplica) {
  public Hook {
    command = List.copyOf(command);
    environment = Copies.ordered(environment);
  }
}
