package jcompose.core.loading;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlPath;

/// Leaves out the resources that no enabled service uses.
final class UsedResources {
  private UsedResources() {}

  /// @param history is told what is left out
  static YamlMapping of(YamlMapping tree, History history) {
    Set<String> networks = new LinkedHashSet<>();
    Set<String> volumes = new LinkedHashSet<>();
    Set<String> secrets = new LinkedHashSet<>();
    Set<String> configs = new LinkedHashSet<>();
    Set<String> models = new LinkedHashSet<>();
    tree.mapping("services")
        .ifPresent(
            services ->
                services
                    .entries()
                    .values()
                    .forEach(
                        entry -> {
                          var service = (YamlMapping) entry.value();
                          service
                              .mapping("networks")
                              .ifPresent(it -> networks.addAll(it.entries().keySet()));
                          service
                              .mapping("models")
                              .ifPresent(it -> models.addAll(it.entries().keySet()));
                          sources(service, "volumes", volumes);
                          sources(service, "secrets", secrets);
                          sources(service, "configs", configs);
                          service
                              .mapping("build")
                              .ifPresent(build -> sources(build, "secrets", secrets));
                        }));
    YamlMapping result = only(tree, "networks", networks, history);
    result = only(result, "volumes", volumes, history);
    result = only(result, "secrets", secrets, history);
    result = only(result, "configs", configs, history);
    return only(result, "models", models, history);
  }

  private static void sources(YamlMapping owner, String key, Set<String> into) {
    CheckConsistency.items(owner, key).forEach(it -> it.text("source").ifPresent(into::add));
  }

  private static YamlMapping only(
      YamlMapping tree, String section, Set<String> used, History history) {
    return tree.changed(
        section,
        it -> {
          var entries = new LinkedHashMap<String, YamlEntry>();
          ((YamlMapping) it)
              .entries()
              .forEach(
                  (key, entry) -> {
                    if (used.contains(key)) {
                      entries.put(key, entry);
                    } else {
                      history.leftOut(
                          YamlPath.ROOT.key(section).key(key),
                          entry.keyRange(),
                          "no service of the project uses it");
                    }
                  });
          return ((YamlMapping) it).withEntries(entries);
        });
  }
}
