package jcompose.core.engine;

import java.util.List;
import jcompose.core.resource.NetworkDetails;
import jcompose.core.resource.NetworkSpec;

/// Networks of an engine.
public interface Networks {
  /// @param labels `name` or `name=value`; empty for all
  List<NetworkDetails> list(List<String> labels);

  /// @return the new network's id
  /// @throws EngineException.Conflict when the name is taken
  String create(NetworkSpec spec);

  /// @param reference id or name
  /// @throws EngineException.Conflict when containers are attached to it
  void remove(String reference);
}
