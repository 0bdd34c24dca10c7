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
  private static final List<String> NOT_HASHED =
      List.of("build", "pull_policy", "depends_on", "profiles", "scale");

  private Canonical() {}

  static CanonicalService of(YamlMapping service) {
    YamlMapping hashed = service;
    for (String key : NOT_HASHED) {
      hashed = hashed.without(key);
    }
    hashed =
        hashed.changed(
            "deploy", it -> it instanceof YamlMapping deploy ? deploy.without("replicas") : it);
    Map<String, SourceRange> positions = new HashMap<>();
    collect(service, "", positions);
    return new CanonicalService(JsonText.of(PrintedForm.service(hashed)), positions);
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
