package jcompose.core.model;

import java.util.List;

/// What is attached to a container's file tree.
///
/// @param tmpfs `path[:options]`
/// @param volumesFrom `service[:ro|rw]` or `container:name[:ro|rw]`
public record ServiceStorage(
    List<ServiceMount> volumes,
    List<String> tmpfs,
    List<String> volumesFrom,
    List<FileGrant> secrets,
    List<FileGrant> configs) {

  public static final ServiceStorage NONE =
      new ServiceStorage(List.of(), List.of(), List.of(), List.of(), List.of());

  public ServiceStorage {
    volumes = List.copyOf(volumes);
    tmpfs = List.copyOf(tmpfs);
    volumesFrom = List.copyOf(volumesFrom);
    secrets = List.copyOf(secrets);
    configs = List.copyOf(configs);
  }
}
