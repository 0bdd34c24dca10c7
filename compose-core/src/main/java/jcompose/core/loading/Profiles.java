package jcompose.core.loading;

import java.util.LinkedHashMap;
import java.util.List;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlScalar;

/// Phase: which services are enabled.
final class Profiles {
  private Profiles() {}

  /// Services in and out.
  record Split(YamlMapping enabled, YamlMapping disabled) {}

  /// @param active `*` enables every service
  /// @param named enabled whatever their profiles
  static Split split(YamlMapping tree, List<String> active, List<String> named) {
    var in = new LinkedHashMap<String, YamlEntry>();
    var out = new LinkedHashMap<String, YamlEntry>();
    YamlMapping services =
        tree.mapping("services").orElseGet(() -> YamlMapping.empty(tree.origin()));
    services
        .entries()
        .forEach(
            (name, entry) ->
                (named.contains(name) || isEnabled((YamlMapping) entry.value(), active) ? in : out)
                    .put(name, entry));
    return new Split(
        tree.with("services", services.withEntries(in)),
        YamlMapping.empty(tree.origin()).with("services", services.withEntries(out)));
  }

  private static boolean isEnabled(YamlMapping service, List<String> active) {
    List<String> own =
        service
            .sequence("profiles")
            .map(it -> it.items().stream().map(item -> ((YamlScalar) item).text()).toList())
            .orElse(List.of());
    return own.isEmpty() || active.contains("*") || own.stream().anyMatch(active::contains);
  }
}
