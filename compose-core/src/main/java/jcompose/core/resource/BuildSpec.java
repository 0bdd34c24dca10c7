package jcompose.core.resource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An image to be built from a Dockerfile.
///
/// @param context folder on this machine whose content is sent, less what .dockerignore leaves out
/// @param dockerfile path below the context, or absolute
/// @param inlineDockerfile text used instead of a file
/// @param arguments `--build-arg`
/// @param target the stage to build; absent for the last
/// @param extraHosts `name:address`
public record BuildSpec(
    Path context,
    String dockerfile,
    Optional<String> inlineDockerfile,
    List<String> tags,
    Map<String, String> arguments,
    Optional<String> target,
    Map<String, String> labels,
    boolean noCache,
    boolean pull,
    Optional<String> network,
    List<String> extraHosts,
    List<String> cacheFrom,
    Optional<Long> shmSizeBytes,
    Optional<String> platform) {
  public BuildSpec {
    tags = List.copyOf(tags);
    arguments = Map.copyOf(arguments);
    labels = Map.copyOf(labels);
    extraHosts = List.copyOf(extraHosts);
    cacheFrom = List.copyOf(cacheFrom);
  }

  /// A plain build of `context/Dockerfile`.
  public static BuildSpec of(Path context, String tag) {
    return new BuildSpec(
        context,
        "Dockerfile",
        Optional.empty(),
        List.of(tag),
        Map.of(),
        Optional.empty(),
        Map.of(),
        false,
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
