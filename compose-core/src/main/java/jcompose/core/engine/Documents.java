package jcompose.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ObjectKind;

/// All that an engine tells of what it keeps: JSON in the words of the Engine API, which people
/// know and write templates for. Programs ask the typed interfaces.
public interface Documents {
  /// One object.
  ///
  /// @param reference id, the beginning of one, or name
  /// @param sizes tells of a container what it occupies on disk, which takes time
  /// @throws EngineException.NotFound in Docker's words
  String inspect(ObjectKind kind, String reference, boolean sizes);

  /// A list; of volumes an object that has it in `Volumes`.
  ///
  /// @throws EngineException.Invalid for a filter that there is not
  String list(ObjectKind kind, Query query);

  /// The layers of an image, the newest first.
  String history(String image);

  /// The engine and its machine.
  String information();

  /// What images, containers, volumes and the build cache occupy.
  String diskUsage();

  /// Which objects are wanted.
  ///
  /// @param all containers that do not run, images that are only parts of others
  /// @param limit the newest containers
  /// @param sizes of containers
  /// @param filters by name
  record Query(
      boolean all, Optional<Integer> limit, boolean sizes, Map<String, List<String>> filters) {
    public Query {
      filters = Map.copyOf(filters);
    }

    /// @param filters by name
    public static Query of(Map<String, List<String>> filters) {
      return new Query(false, Optional.empty(), false, filters);
    }
  }
}
