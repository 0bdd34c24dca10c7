package jcompose.core.loading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;
import org.jspecify.annotations.Nullable;

/// Phase: writes out what a project means without saying it: the default network, names of
/// resources, dependencies that links and shared namespaces imply.
final class Normalise {
  private static final List<String> NAMESPACES =
      List.of("network_mode", "ipc", "pid", "uts", "cgroup");

  private final String projectName;

  private final boolean interpolated;

  /// @param interpolated whether numbers can be told: only then does `scale` say what `deploy`
  ///   lacks
  Normalise(String projectName, boolean interpolated) {
    this.projectName = projectName;
    this.interpolated = interpolated;
  }

  YamlMapping apply(YamlMapping tree) {
    YamlMapping result = tree;
    Optional<YamlMapping> services = tree.mapping("services");
    if (services.isPresent()) {
      result =
          result.with(
              "services",
              services
                  .get()
                  .eachValue(it -> it instanceof YamlMapping service ? service(service) : it));
      result = withDefaultNetwork(result);
    }
    for (String section : List.of("networks", "volumes", "configs", "secrets")) {
      Optional<YamlMapping> resources = result.mapping(section);
      if (resources.isPresent()) {
        result = result.with(section, named(resources.get()));
      }
    }
    return result;
  }

  private YamlMapping service(YamlMapping service) {
    YamlMapping result = withBuild(service);
    if (result.text("pull_policy").equals(Optional.of("if_not_present"))) {
      result =
          result.changed(
              "pull_policy", it -> ((YamlScalar) it).with(YamlScalar.Kind.STRING, "missing"));
    }
    result = withCleanTargets(result);
    result = interpolated ? withReplicas(result) : result;
    result = withHookImages(result);
    return withImpliedDependencies(withNetworks(result));
  }

  private static YamlMapping withBuild(YamlMapping service) {
    Optional<YamlMapping> build = service.mapping("build");
    if (build.isEmpty()) {
      return service;
    }
    YamlMapping result = build.get();
    if (isUnset(result.get("context"))) {
      Origin origin = result.origin().derived(Defaults.BUILD_CONTEXT);
      result = result.with("context", YamlScalar.string(".", origin));
    }
    if (isUnset(result.get("dockerfile")) && isUnset(result.get("dockerfile_inline"))) {
      Origin origin = result.origin().derived("default: the file Dockerfile of the context");
      result = result.with("dockerfile", YamlScalar.string("Dockerfile", origin));
    }
    return service.with("build", result);
  }

  private static boolean isUnset(@Nullable YamlNode node) {
    return node == null || node.isNull();
  }

  /// `scale` says how many replicas a deployment has.
  private static YamlMapping withReplicas(YamlMapping service) {
    Optional<YamlScalar> scale = service.scalar("scale");
    return scale.isEmpty()
        ? service
        : service.changed(
            "deploy",
            it ->
                it instanceof YamlMapping deploy && isUnset(deploy.get("replicas"))
                    ? deploy.with("replicas", scale.get())
                    : it);
  }

  private static YamlMapping withCleanTargets(YamlMapping service) {
    return service.changed(
        "volumes",
        list ->
            list instanceof YamlSequence volumes
                ? volumes.withItems(
                    volumes.items().stream()
                        .<YamlNode>map(
                            it ->
                                it instanceof YamlMapping volume
                                    ? volume.changed("target", Normalise::cleanTarget)
                                    : it)
                        .toList())
                : list);
  }

  private static YamlNode cleanTarget(YamlNode node) {
    return node instanceof YamlScalar scalar
        ? scalar.with(YamlScalar.Kind.STRING, ResolvePaths.clean(scalar.text()))
        : node;
  }

  /// A hook before the start runs in the service's image unless it names one.
  private static YamlMapping withHookImages(YamlMapping service) {
    Optional<YamlScalar> image = service.scalar("image");
    if (image.isEmpty()) {
      return service;
    }
    return service.changed(
        "pre_start",
        list ->
            list instanceof YamlSequence hooks
                ? hooks.withItems(
                    hooks.items().stream()
                        .<YamlNode>map(
                            it ->
                                it instanceof YamlMapping hook && !hook.has("image")
                                    ? hook.with("image", image.get())
                                    : it)
                        .toList())
                : list);
  }

  private static YamlMapping withNetworks(YamlMapping service) {
    if (service.has("network_mode") || service.has("provider")) {
      return service;
    }
    boolean none =
        isUnset(service.get("networks"))
            || service.mapping("networks").map(it -> it.entries().isEmpty()).orElse(false);
    if (!none) {
      return service;
    }
    Origin origin = service.origin().derived("default: it names no network of its own");
    return service.with(
        "networks", YamlMapping.empty(origin).with("default", YamlScalar.nothing(origin)));
  }

  private static YamlMapping withImpliedDependencies(YamlMapping service) {
    Map<String, YamlNode> implied = new LinkedHashMap<>();
    service
        .sequence("links")
        .ifPresent(
            links ->
                links
                    .items()
                    .forEach(
                        it -> {
                          String[] parts = ((YamlScalar) it).text().split(":", -1);
                          String name = parts.length == 2 ? parts[0] : ((YamlScalar) it).text();
                          implied.putIfAbsent(name, implied(it, "links", true));
                        }));
    for (String namespace : NAMESPACES) {
      service
          .scalar(namespace)
          .filter(it -> it.text().startsWith("service:"))
          .ifPresent(
              it ->
                  implied.putIfAbsent(
                      it.text().substring("service:".length()), implied(it, namespace, true)));
    }
    service
        .sequence("volumes_from")
        .ifPresent(
            from ->
                from.items().stream()
                    .map(YamlScalar.class::cast)
                    .filter(it -> !it.text().startsWith("container:"))
                    .forEach(
                        it ->
                            implied.putIfAbsent(
                                it.text().split(":", -1)[0], implied(it, "volumes_from", false))));
    if (implied.isEmpty()) {
      return service;
    }
    YamlMapping dependencies =
        service.mapping("depends_on").orElseGet(() -> YamlMapping.empty(service.origin()));
    for (Map.Entry<String, YamlNode> it : implied.entrySet()) {
      if (!dependencies.has(it.getKey())) {
        dependencies = dependencies.with(it.getKey(), it.getValue());
      }
    }
    return service.with("depends_on", dependencies);
  }

  private static YamlNode implied(YamlNode by, String key, boolean restart) {
    Origin origin = by.origin().derived("implied by " + key);
    return Canonicalise.dependency(origin).with("restart", YamlScalar.bool(restart, origin));
  }

  private static YamlMapping withDefaultNetwork(YamlMapping tree) {
    Optional<YamlNode> user =
        tree.mapping("services").stream()
            .flatMap(it -> it.entries().values().stream())
            .map(YamlEntry::value)
            .filter(
                it ->
                    it instanceof YamlMapping service
                        && service
                            .mapping("networks")
                            .map(networks -> networks.has("default"))
                            .orElse(false))
            .findFirst();
    YamlMapping networks =
        tree.mapping("networks").orElseGet(() -> YamlMapping.empty(tree.origin()));
    if (user.isEmpty() || networks.has("default")) {
      return tree;
    }
    Origin origin = user.get().origin().derived("default: of services that name no network");
    return tree.with("networks", networks.with("default", YamlMapping.empty(origin)));
  }

  private YamlMapping named(YamlMapping resources) {
    var entries = new LinkedHashMap<String, YamlEntry>();
    resources
        .entries()
        .forEach(
            (key, entry) -> {
              YamlMapping resource =
                  entry.value() instanceof YamlMapping mapping
                      ? mapping
                      : YamlMapping.empty(entry.value().origin());
              if (resource.text("name").isEmpty()) {
                boolean external =
                    resource.scalar("external").map(YamlScalar::isTrue).orElse(false);
                resource =
                    resource.with(
                        "name",
                        YamlScalar.string(
                            external ? key : projectName + "_" + key,
                            resource
                                .origin()
                                .derived(
                                    external
                                        ? "default: its key"
                                        : "default: the project's name and its key")));
              }
              entries.put(key, entry.with(resource));
            });
    return resources.withEntries(entries);
  }
}
