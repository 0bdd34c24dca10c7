package jcompose.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How a service's image is built.
///
/// @param context absolute path, or the URL of a repository or archive
/// @param dockerfile path below the context; absent only beside `dockerfileInline`
/// @param args an argument without a value took it from the environment already
/// @param additionalContexts name to absolute path, URL, `docker-image://…` or `service:X`
/// @param ssh id to key file or agent socket; an empty path for the default agent
/// @param provenance `true`, `false` or attestation options, as `sbom` is
public record Build(
    String context,
    Optional<String> dockerfile,
    Optional<String> dockerfileInline,
    SequencedMap<String, String> args,
    Optional<String> target,
    SequencedMap<String, String> labels,
    List<String> tags,
    List<String> cacheFrom,
    List<String> cacheTo,
    SequencedMap<String, String> additionalContexts,
    List<String> extraHosts,
    Optional<String> network,
    boolean noCache,
    List<String> noCacheFilter,
    boolean pull,
    boolean privileged,
    Optional<Long> shmSize,
    List<String> platforms,
    List<FileGrant> secrets,
    SequencedMap<String, String> ssh,
    SequencedMap<String, Ulimit> ulimits,
    List<String> entitlements,
    Optional<String> isolation,
    Optional<String> provenance,
    Optional<String> sbom) {

  public Build {
    args = Copies.ordered(args);
    labels = Copies.ordered(labels);
    tags = List.copyOf(tags);
    cacheFrom = List.copyOf(cacheFrom);
    cacheTo = List.copyOf(cacheTo);
    additionalContexts = Copies.ordered(additionalContexts);
    extraHosts = List.copyOf(extraHosts);
    noCacheFilter = List.copyOf(noCacheFilter);
    platforms = List.copyOf(platforms);
    secrets = List.copyOf(secrets);
    ssh = Copies.ordered(ssh);
    ulimits = Copies.ordered(ulimits);
    entitlements = List.copyOf(entitlements);
  }

  /// A build of a folder with nothing else set.
  public static Build of(String context) {
    return new Build(
        context,
        Optional.of("Dockerfile"),
        Optional.empty(),
        Copies.ordered(Map.of()),
        Optional.empty(),
        Copies.ordered(Map.of()),
        List.of(),
        List.of(),
        List.of(),
        Copies.ordered(Map.of()),
        List.of(),
        Optional.empty(),
        false,
        List.of(),
        false,
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        Copies.ordered(Map.of()),
        Copies.ordered(Map.of()),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
