package jcompose.core.loading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jcompose.core.model.CanonicalService;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// The text a service's hash is taken of, and where its keys stand.
final class Canonical {
  /// What does not make a container another one.
  private static final List<String> NOT_HASHED = List.of("build", "pull_policy", "scale");

  /// Nor this, since docker compose 2.30.
  private static final List<String> NOT_HASHED_LATER = List.of("depends_on", "profiles");

  private Canonical() {}

  static CanonicalService of(YamlMapping service) {
    YamlMapping earlier =
        without(service, NOT_HASHED)
            .changed(
                "deploy", it -> it instanceof YamlMapping deploy ? deploy.without("replicas") : it);
    Map<String, SourceRange> positions = new HashMap<>();
    collect(service, "", positions);
    String text = json(without(earlier, NOT_HASHED_LATER));
    boolean same = NOT_HASHED_LATER.stream().noneMatch(earlier.entries()::containsKey);
    return new CanonicalService(text, same ? text : json(earlier), positions);
  }

  private static YamlMapping without(YamlMapping service, List<String> keys) {
    YamlMapping rest = service;
    for (String key : keys) {
      rest = rest.without(key);
    }
    return rest;
  }

  private static String json(YamlMapping service) {
    return JsonText.of(PrintedForm.service(service));
  }

  private static void collect(YamlNode node, String path, Map<String, SourceRange> positions) {
    positions.put(path, node.range());
    switch (node) {
      case YamlScalar _ -> {}
      case YamlSequence sequence -> {
        for (int i = 0; i < sequence.items().size(); i++) {
          collect(sequence.items().get(i), path + "[" + i + "]", positions);
        }
      }
      case YamlMapping mapping ->
          mapping
              .entries()
              .forEach(
                  (key, entry) ->
                      collect(entry.value(), path.isEmpty() ? key : path + "." + key, positions));
    }
  }
}
