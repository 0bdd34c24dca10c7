package jcompose.engine.volume;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.VolumeSpec;

/// The volumes of the bundled engine. Which containers use a volume is known to the caller, which
/// asks for the removal of unused ones only. Safe for use by many threads.
public final class VolumeStore {

  /// @param folder holds a folder a volume with its `volume.json` and `_data`; made when missing
  public static VolumeStore open(Path folder) {
    return missing();
  }

  /// Creates a volume; one that exists with the same driver and options is returned as it is.
  ///
  /// @throws EngineException.Conflict when it exists with others
  /// @throws EngineException.Invalid for a bad name or option
  /// @throws EngineException.Unsupported for a driver other than `local`
  public VolumeRecord create(VolumeSpec spec) {
    return missing();
  }

  /// Creates a volume with a random name of 64 hex digits and the label
  /// `com.docker.volume.anonymous`.
  public VolumeRecord createAnonymous(Map<String, String> options, Map<String, String> labels) {
    return missing();
  }

  public List<VolumeRecord> list() {
    return missing();
  }

  public Optional<VolumeRecord> lookup(String name) {
    return missing();
  }

  /// @throws EngineException.NotFound `get NAME: no such volume`
  public VolumeRecord find(String name) {
    return missing();
  }

  /// Removes a volume and its content.
  ///
  /// @throws EngineException.NotFound when there is none
  public void remove(String name) {
    missing();
  }

  /// Removes the volumes `condition` accepts.
  ///
  /// @return those removed
  public List<VolumeRecord> prune(Predicate<VolumeRecord> condition) {
    return missing();
  }

  /// Makes the content reachable: mounts what its options name, the first time. Call it with each
  /// start of a container that uses it; [#release] undoes one call.
  ///
  /// @return the folder to bind into the container
  public Path acquire(String name) {
    return missing();
  }

  public void release(String name) {
    missing();
  }

  /// Fills an empty volume with what an image has at the place of the mount: files with owners,
  /// modes, times, links and extended attributes. A volume that has content is left as it is.
  ///
  /// @param source a folder of the image's tree, already resolved inside it
  public void copyUp(String name, Path source) {
    missing();
  }

  /// Bytes its content takes.
  public long size(String name) {
    return missing();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T missing() {
    throw new EngineException.Unsupported("volumes are not supported yet");
  }
}
