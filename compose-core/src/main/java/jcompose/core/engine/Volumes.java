package jcompose.core.engine;

import java.util.List;
import jcompose.core.resource.VolumeDetails;
import jcompose.core.resource.VolumeSpec;

/// Volumes of an engine.
public interface Volumes {
  /// @param labels `name` or `name=value`; empty for all
  List<VolumeDetails> list(List<String> labels);

  /// Creates a volume; one that exists with the same driver and options is left as it is.
  ///
  /// @param spec an empty name stands for one that the engine makes up
  /// @return the volume's name
  /// @throws EngineException.Conflict when it exists with others
  String create(VolumeSpec spec);

  /// @throws EngineException.Conflict when a container uses it and `force` is false
  void remove(String name, boolean force);
}
