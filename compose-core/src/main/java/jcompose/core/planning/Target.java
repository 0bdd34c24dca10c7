package jcompose.core.planning;

import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;

/// A container that an operation is about.
///
/// @param name the one it has when the plan is done
/// @param id absent when the plan itself creates it
public record Target(ContainerName name, Optional<ContainerId> id) {
  static Target planned(ContainerName name) {
    return new Target(name, Optional.empty());
  }

  static Target of(Replica replica) {
    return new Target(replica.summary().name(), Optional.of(replica.summary().id()));
  }

  /// The container under the name it will have.
  static Target of(Replica replica, ContainerName name) {
    return new Target(name, Optional.of(replica.summary().id()));
  }
}
