package jcompose.core.loading;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;

/// A project as trees: the compose file that says the same with nothing left to resolve.
///
/// @param tree every value with its origin, before anything is left out in print; enabled services
///   only, unless references were left alone
/// @param environment what interpolation saw
/// @param profiles every profile that services name, sorted
/// @param raw whether references were left alone, so that texts are not decoded
/// @param history what was taken out, and what was included where
public record ResolvedProject(
    String name,
    YamlMapping tree,
    Map<String, String> environment,
    List<String> profiles,
    boolean raw,
    History history) {
  public ResolvedProject {
    environment = Map.copyOf(environment);
    profiles = List.copyOf(profiles);
  }

  /// The tree as docker compose prints it as JSON.
  public YamlMapping json() {
    return raw ? PrintedForm.raw(tree, true) : PrintedForm.json(tree);
  }

  /// The tree as docker compose prints it as YAML.
  public YamlMapping yaml() {
    return raw ? PrintedForm.raw(tree, false) : PrintedForm.yaml(tree);
  }

  /// The tree with the keys that are printed, and its texts as they are.
  public YamlMapping shown() {
    return raw ? tree : PrintedForm.shown(tree);
  }

  /// The same with these services, and those they depend on, alone.
  public ResolvedProject only(List<String> services) {
    return services.isEmpty() ? this : withTree(SelectServices.of(tree, services));
  }

  /// The images that services name, as they name them.
  public Set<String> images() {
    var images = new LinkedHashSet<String>();
    services()
        .entries()
        .values()
        .forEach(
            it -> {
              if (it.value() instanceof YamlMapping service) {
                service.text("image").ifPresent(images::add);
              }
            });
    return images;
  }

  /// The same with other images.
  ///
  /// @param names for each image that changes, what takes its place
  public ResolvedProject withImages(Map<String, String> names) {
    return withTree(tree.with("services", services().eachValue(it -> withImage(it, names))));
  }

  private static YamlNode withImage(YamlNode service, Map<String, String> names) {
    return service instanceof YamlMapping mapping
        ? mapping.changed(
            "image",
            it ->
                it instanceof YamlScalar image && names.containsKey(image.text())
                    ? image.with(image.kind(), names.get(image.text()))
                    : it)
        : service;
  }

  /// A compose file that says nothing but which images services have: laid over the project's own,
  /// it pins them.
  public ResolvedProject imagesOnly() {
    YamlMapping services =
        services()
            .eachValue(
                it -> {
                  YamlMapping none = YamlMapping.empty(it.origin());
                  YamlNode image = it instanceof YamlMapping service ? service.get("image") : null;
                  return image == null ? none : none.with("image", image);
                });
    return withTree(YamlMapping.empty(tree.origin()).with("services", services));
  }

  private YamlMapping services() {
    return tree.mapping("services").orElseGet(() -> YamlMapping.empty(tree.origin()));
  }

  private ResolvedProject withTree(YamlMapping value) {
    return new ResolvedProject(name, value, environment, profiles, raw, history);
  }

  /// Services, each after those it depends on.
  public List<String> servicesInOrder() {
    return SelectServices.inOrder(tree);
  }

  /// A service that another can't do without and that is not there, which only a project whose
  /// consistency was not checked has.
  public Optional<String> undefinedDependency() {
    return SelectServices.undefined(tree);
  }
}
