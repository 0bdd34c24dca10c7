package jcompose.core.loading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;

/// Phase: which services are enabled.
final class Profiles {
  private Profiles() {}

  /// Services in and out.
  record Split(YamlMapping enabled, YamlMapping disabled) {}

  /// @param active `*` enables every service
  /// @param named enabled whatever their profiles, and with them all that has one of these profiles
  static Split split(YamlMapping tree, List<String> active, List<String> named) {
    var in = new LinkedHashMap<String, YamlEntry>();
    var out = new LinkedHashMap<String, YamlEntry>();
    YamlMapping services =
        tree.mapping("services").orElseGet(() -> YamlMapping.empty(tree.origin()));
    List<String> all = withThoseOf(named, services, active);
    services
        .entries()
        .forEach(
            (name, entry) ->
                (named.contains(name) || isEnabled((YamlMapping) entry.value(), all) ? in : out)
                    .put(name, entry));
    return new Split(
        tree.with("services", services.withEntries(in)),
        YamlMapping.empty(tree.origin()).with("services", services.withEntries(out)));
  }

  /// A service that is enabled already brings no profile with it.
  private static List<String> withThoseOf(
      List<String> named, YamlMapping services, List<String> active) {
    var all = new ArrayList<>(active);
    for (String name : named) {
      services
          .mapping(name)
          .filter(it -> !isEnabled(it, active))
          .ifPresent(it -> all.addAll(CheckConsistency.texts(it, "profiles")));
    }
    return all;
  }

  private static boolean isEnabled(YamlMapping service, List<String> active) {
    List<String> own = CheckConsistency.texts(service, "profiles");
    return own.isEmpty() || active.contains("*") || own.stream().anyMatch(active::contains);
  }
}
