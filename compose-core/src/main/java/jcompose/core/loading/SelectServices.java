package jcompose.core.loading;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;

/// Some services of a tree, with what they depend on.
final class SelectServices {
  private SelectServices() {}

  static YamlMapping of(YamlMapping tree, List<String> names) {
    YamlMapping services = services(tree);
    Set<String> chosen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (services.has(name) && chosen.add(name)) {
        open.addAll(dependencies(services, name));
      }
    }
    var entries = new LinkedHashMap<String, YamlEntry>();
    services
        .entries()
        .forEach(
            (name, entry) -> {
              if (chosen.contains(name)) {
                entries.put(name, entry.with(withDependencies(entry.value(), chosen)));
              }
            });
    return tree.with("services", services.withEntries(entries));
  }

  /// What a service may do without is no dependency where it is not there.
  private static YamlNode withDependencies(YamlNode service, Set<String> chosen) {
    return service instanceof YamlMapping mapping
        ? mapping.changed(
            "depends_on",
            it -> {
              if (!(it instanceof YamlMapping dependencies)) {
                return it;
              }
              var kept = new LinkedHashMap<>(dependencies.entries());
              kept.keySet().retainAll(chosen);
              return dependencies.withEntries(kept);
            })
        : service;
  }

  /// Services, whether there are any of these names, that some need, directly or not.
  static Set<String> required(YamlMapping tree, List<String> names) {
    YamlMapping services = services(tree);
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      services
          .mapping(open.pop())
          .flatMap(it -> it.mapping("depends_on"))
          .ifPresent(
              dependencies ->
                  dependencies
                      .entries()
                      .forEach(
                          (name, entry) -> {
                            if (isRequired(entry.value()) && found.add(name)) {
                              open.add(name);
                            }
                          }));
    }
    return found;
  }

  private static boolean isRequired(YamlNode dependency) {
    return !(dependency instanceof YamlMapping mapping)
        || mapping.scalar("required").map(YamlScalar::isTrue).orElse(true);
  }

  /// Each after those it depends on, otherwise by name. A cycle is entered somewhere.
  static List<String> inOrder(YamlMapping tree) {
    YamlMapping services = services(tree);
    Set<String> order = new LinkedHashSet<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String start : new TreeSet<>(services.entries().keySet())) {
      Deque<String> path = new ArrayDeque<>(List.of(start));
      while (!path.isEmpty()) {
        String name = path.peek();
        seen.add(name);
        var next =
            dependencies(services, name).stream()
                .filter(it -> services.has(it) && !seen.contains(it))
                .findFirst();
        if (next.isPresent()) {
          path.push(next.get());
        } else {
          path.pop();
          order.add(name);
        }
      }
    }
    return List.copyOf(order);
  }

  static Optional<String> undefined(YamlMapping tree) {
    YamlMapping services = services(tree);
    return required(tree, List.copyOf(services.entries().keySet())).stream()
        .filter(it -> !services.has(it))
        .findFirst();
  }

  private static YamlMapping services(YamlMapping tree) {
    return tree.mapping("services").orElseGet(() -> YamlMapping.empty(tree.origin()));
  }

  private static Set<String> dependencies(YamlMapping services, String name) {
    return services
        .mapping(name)
        .flatMap(it -> it.mapping("depends_on"))
        .<Set<String>>map(it -> new TreeSet<>(it.entries().keySet()))
        .orElse(Set.of());
  }
}
