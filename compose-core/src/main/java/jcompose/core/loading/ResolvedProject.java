package jcompose.core.loading;

import java.util.List;
import java.util.Map;
import jcompose.core.yaml.YamlMapping;

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
    return raw ? PrintedForm.raw(tree) : PrintedForm.json(tree);
  }

  /// The tree as docker compose prints it as YAML.
  public YamlMapping yaml() {
    return raw ? PrintedForm.raw(tree) : PrintedForm.yaml(tree);
  }

  /// The tree with the keys that are printed, and its texts as they are.
  public YamlMapping shown() {
    return raw ? tree : PrintedForm.shown(tree);
  }

  /// The same with these services, and those they depend on, alone.
  public ResolvedProject only(List<String> services) {
    return services.isEmpty()
        ? this
        : new ResolvedProject(
            name, SelectServices.of(tree, services), environment, profiles, raw, history);
  }

  /// Services, each after those it depends on.
  public List<String> servicesInOrder() {
    return SelectServices.inOrder(tree);
  }
}
