package jcompose.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// One entry under `services`, by topic.
///
/// @param image as written; absent where only `build` is given, then it is called `PROJECT-SERVICE`
/// @param dependsOn by service name, with what links, `volumes_from` and shared namespaces imply
/// @param labels with what label files gave
/// @param scale how many replicas, where asked for: `scale`, else `deploy.replicas`
/// @param attach whether `up` shows its output
/// @param canonical this service's resolved form, for the config hash and for positions
public record Service(
    String name,
    Optional<String> image,
    Optional<Build> build,
    Optional<PullPolicy> pullPolicy,
    Optional<String> platform,
    Optional<String> containerName,
    ServiceProcess process,
    ServiceIsolation isolation,
    ServiceLimits limits,
    ServiceNetworking networking,
    ServiceStorage storage,
    SequencedMap<String, Dependency> dependsOn,
    Optional<Healthcheck> healthcheck,
    Optional<String> restart,
    Optional<Deploy> deploy,
    Optional<Integer> scale,
    boolean attach,
    Optional<Logging> logging,
    SequencedMap<String, String> labels,
    SequencedMap<String, String> annotations,
    List<String> profiles,
    List<Hook> preStart,
    List<Hook> postStart,
    List<Hook> preStop,
    List<WatchRule> watch,
    Optional<Provider> provider,
    SequencedMap<String, ModelBinding> models,
    CanonicalService canonical) {

  public Service {
    dependsOn = Copies.ordered(dependsOn);
    labels = Copies.ordered(labels);
    annotations = Copies.ordered(annotations);
    profiles = List.copyOf(profiles);
    preStart = List.copyOf(preStart);
    postStart = List.copyOf(postStart);
    preStop = List.copyOf(preStop);
    watch = List.copyOf(watch);
    models = Copies.ordered(models);
  }

  /// A service with nothing set but an image.
  public static Service of(String name, String image) {
    return new Service(
        name,
        Optional.of(image),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ServiceProcess.DEFAULT,
        ServiceIsolation.DEFAULT,
        ServiceLimits.NONE,
        ServiceNetworking.DEFAULT,
        ServiceStorage.NONE,
        Copies.ordered(Map.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Copies.ordered(Map.of()),
        Copies.ordered(Map.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Copies.ordered(Map.of()),
        new CanonicalService(
            "{\"image\":\"" + image + "\"}", "{\"image\":\"" + image + "\"}", Map.of()));
  }

  /// How many containers it should have when no one says otherwise.
  public int replicas() {
    return scale.or(() -> deploy.flatMap(Deploy::replicas)).orElse(1);
  }
}
