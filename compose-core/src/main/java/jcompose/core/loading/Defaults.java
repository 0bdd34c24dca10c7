package jcompose.core.loading;

import java.util.Optional;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;

/// Phase: fills in what the specification gives to keys that are left out.
final class Defaults {
  private enum Rule {
    PORT,
    SECRET,
    BUILD,
    DEVICE_REQUEST
  }

  private static final PathTable<Rule> TABLE =
      new PathTable<Rule>()
          .put("services.*.ports.*", Rule.PORT)
          .put("services.*.secrets.*", Rule.SECRET)
          .put("services.*.build", Rule.BUILD)
          .putAll(
              Rule.DEVICE_REQUEST,
              "services.*.gpus.*",
              "services.*.deploy.resources.reservations.devices.*");

  YamlMapping apply(YamlMapping tree) {
    return Rewrite.tree(tree, TABLE, (rule, node, _) -> Optional.of(filled(rule, node)));
  }

  private static YamlNode filled(Rule rule, YamlNode node) {
    if (!(node instanceof YamlMapping mapping)) {
      return node;
    }
    return switch (rule) {
      case PORT -> or(or(mapping, "mode", "ingress"), "protocol", "tcp");
      case SECRET ->
          mapping.has("target")
              ? mapping
              : or(mapping, "target", "/run/secrets/" + mapping.text("source").orElse(""));
      case BUILD -> or(mapping, "context", ".");
      case DEVICE_REQUEST ->
          mapping.has("count") || mapping.has("device_ids")
              ? mapping
              : mapping.with("count", YamlScalar.integer(-1, mapping.origin().derived("default")));
    };
  }

  private static YamlMapping or(YamlMapping mapping, String key, String value) {
    return mapping.has(key)
        ? mapping
        : mapping.with(key, YamlScalar.string(value, mapping.origin().derived("default")));
  }
}
