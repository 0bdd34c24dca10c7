package jcompose.core.loading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.source.NearMiss;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Phase: what the parts of a project say of each other: every reference has a target, nothing
/// waits for itself, the two ways of saying a thing agree.
final class CheckConsistency {
  private final YamlMapping tree;
  private final YamlMapping disabled;
  private final Problems problems;

  CheckConsistency(YamlMapping tree, YamlMapping disabled, Problems problems) {
    this.tree = tree;
    this.disabled = disabled;
    this.problems = problems;
  }

  void check() {
    YamlMapping services = section("services");
    services
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof YamlMapping service) {
                references(name, service, services);
                if (!problems.isDamaged(name)) {
                  new CheckService(problems, name, service, services).check();
                }
              }
            });
    section("secrets").entries().forEach((name, entry) -> secret(name, entry.value()));
    cycles(services);
    containerNames(services);
  }

  /// A driver of its own is no source: docker compose runs no secret drivers.
  private void secret(String name, YamlNode node) {
    if (!(node instanceof YamlMapping secret)
        || secret.scalar("external").map(YamlScalar::isTrue).orElse(false)) {
      return;
    }
    boolean named =
        !secret.text("file").orElse("").isEmpty()
            || !secret.text("environment").orElse("").isEmpty();
    if (!named && !problems.isReported(secret.range())) {
      problems.error(
          "missing-key",
          secret.range(),
          "secrets.%s: a secret must declare either `file` or `environment`".formatted(name),
          "name the file or the variable it comes from, or mark it external: true");
    }
  }

  private YamlMapping section(String name) {
    return tree.mapping(name).orElseGet(() -> YamlMapping.empty(tree.origin()));
  }

  private void references(String name, YamlMapping service, YamlMapping services) {
    Set<String> disabledNames =
        disabled.mapping("services").map(it -> it.entries().keySet()).orElse(Set.of());
    service
        .mapping("depends_on")
        .ifPresent(
            dependencies ->
                dependencies
                    .entries()
                    .forEach(
                        (other, entry) -> dependency(name, other, entry, services, disabledNames)));
    service
        .mapping("networks")
        .ifPresent(
            it ->
                it.entries()
                    .forEach(
                        (network, entry) ->
                            refer(name, "network", network, entry.keyRange(), "networks")));
    service
        .mapping("models")
        .ifPresent(
            it ->
                it.entries()
                    .forEach(
                        (model, entry) -> refer(name, "model", model, entry.keyRange(), "models")));
    items(service, "volumes")
        .forEach(
            mount -> {
              if (mount.text("type").equals(Optional.of("volume"))) {
                mount
                    .scalar("source")
                    .filter(it -> !it.text().isEmpty())
                    .ifPresent(it -> refer(name, "volume", it.text(), it.range(), "volumes"));
              }
            });
    grants(name, service, "secrets", "secret");
    grants(name, service, "configs", "config");
    service.mapping("build").ifPresent(build -> grants(name, build, "secrets", "build secret"));
  }

  private void grants(String name, YamlMapping owner, String key, String kind) {
    for (YamlMapping grant : items(owner, key)) {
      Optional<YamlScalar> source = grant.scalar("source");
      refer(
          name,
          kind,
          source.map(YamlScalar::text).orElse(""),
          source.map(YamlNode::range).orElse(grant.range()),
          key);
    }
  }

  private void refer(String name, String kind, String target, SourceRange range, String section) {
    YamlMapping defined = section(section);
    if (target.isEmpty()) {
      problems.error(
          "missing-key",
          range,
          "service \"%s\": source is missing, it names a %s".formatted(name, kind),
          "defined are: " + String.join(", ", defined.entries().keySet()));
      return;
    }
    if (!defined.has(target)) {
      problems.error(
          "undefined-" + section.substring(0, section.length() - 1),
          range,
          "service \"%s\" refers to undefined %s %s".formatted(name, kind, target),
          NearMiss.of(target, defined.entries().keySet())
              .map(it -> "did you mean \"" + it + "\"?")
              .orElse("define it under " + section + ":"));
    }
  }

  private void dependency(
      String name, String other, YamlEntry entry, YamlMapping services, Set<String> disabledNames) {
    if (services.has(other)) {
      return;
    }
    boolean required =
        !(entry.value() instanceof YamlMapping mapping)
            || mapping.scalar("required").map(YamlScalar::isTrue).orElse(true);
    if (disabledNames.contains(other)) {
      if (required) {
        problems.error(
            "disabled-service",
            entry.keyRange(),
            "service \"%s\" depends on undefined service \"%s\": it is defined, but its profiles are not active"
                .formatted(name, other),
            "activate one with --profile: " + profilesOf(other));
      }
      return;
    }
    problems.error(
        "undefined-service",
        entry.keyRange(),
        "service \"%s\" depends on undefined service \"%s\"".formatted(name, other),
        NearMiss.hint(other, services.entries().keySet()));
  }

  private String profilesOf(String service) {
    List<String> names = new ArrayList<>();
    disabled
        .mapping("services")
        .flatMap(it -> it.mapping(service))
        .flatMap(it -> it.sequence("profiles"))
        .ifPresent(it -> it.items().forEach(item -> names.add(((YamlScalar) item).text())));
    return String.join(", ", names);
  }

  static List<YamlMapping> items(YamlMapping owner, String key) {
    return owner
        .sequence(key)
        .map(
            it ->
                it.items().stream()
                    .filter(YamlMapping.class::isInstance)
                    .map(YamlMapping.class::cast)
                    .toList())
        .orElse(List.of());
  }

  /// Depth first, without recursion: a chain may be as long as the project.
  private void cycles(YamlMapping services) {
    Map<String, Integer> state = new HashMap<>(); // 1 on the way, 2 done
    for (String start : services.entries().keySet()) {
      if (state.containsKey(start)) {
        continue;
      }
      var path = new LinkedHashMap<String, java.util.Iterator<Map.Entry<String, YamlEntry>>>();
      path.put(start, dependencies(services, start));
      state.put(start, 1);
      while (!path.isEmpty()) {
        String current = path.lastEntry().getKey();
        var rest = path.lastEntry().getValue();
        if (!rest.hasNext()) {
          path.pollLastEntry();
          state.put(current, 2);
          continue;
        }
        Map.Entry<String, YamlEntry> next = rest.next();
        if (path.containsKey(next.getKey())) {
          cycle(new ArrayList<>(path.keySet()), next, services);
        } else if (!state.containsKey(next.getKey()) && services.has(next.getKey())) {
          state.put(next.getKey(), 1);
          path.put(next.getKey(), dependencies(services, next.getKey()));
        }
      }
    }
  }

  private static java.util.Iterator<Map.Entry<String, YamlEntry>> dependencies(
      YamlMapping services, String name) {
    return services
        .mapping(name)
        .flatMap(it -> it.mapping("depends_on"))
        .map(it -> it.entries().entrySet().iterator())
        .orElseGet(java.util.Collections::emptyIterator);
  }

  private void cycle(
      List<String> path, Map.Entry<String, YamlEntry> closing, YamlMapping services) {
    List<String> cycle = new ArrayList<>(path.subList(path.indexOf(closing.getKey()), path.size()));
    List<String> hints = new ArrayList<>();
    for (int i = 0; i + 1 < cycle.size(); i++) {
      String from = cycle.get(i);
      String to = cycle.get(i + 1);
      services
          .mapping(from)
          .flatMap(it -> it.mapping("depends_on"))
          .map(it -> it.entries().get(to))
          .ifPresent(it -> hints.add(from + " -> " + to + " at " + it.keyRange()));
    }
    cycle.add(closing.getKey());
    problems.error(
        "dependency-cycle",
        closing.getValue().keyRange(),
        "dependency cycle detected: " + String.join(" -> ", cycle),
        hints.toArray(String[]::new));
  }

  private void containerNames(YamlMapping services) {
    Map<String, String> owners = new HashMap<>();
    services
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof YamlMapping service) {
                service
                    .scalar("container_name")
                    .ifPresent(
                        it -> {
                          String other = owners.putIfAbsent(it.text(), name);
                          if (other != null) {
                            problems.warning( // only one of them can be started
                                "duplicate-container-name",
                                it.range(),
                                "services \"%s\" and \"%s\" use the same container name \"%s\""
                                    .formatted(other, name, it.text()));
                          }
                        });
              }
            });
  }

  static List<String> texts(YamlMapping owner, String key) {
    return owner
        .sequence(key)
        .map(YamlSequence::items)
        .map(
            it ->
                it.stream()
                    .filter(YamlScalar.class::isInstance)
                    .map(item -> ((YamlScalar) item).text())
                    .toList())
        .orElse(List.of());
  }

  static boolean hasValue(YamlMapping owner, String key) {
    YamlNode value = owner.get(key);
    return value != null && !value.isNull();
  }
}
