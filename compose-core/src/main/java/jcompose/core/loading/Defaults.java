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

  static final String PORT_MODE = "default: ports are published in the mode ingress";
  static final String BUILD_CONTEXT = "default: the folder of the file";
  private static final String ALL_DEVICES =
      "default: all devices, where neither count nor device_ids says which";

  private static YamlNode filled(Rule rule, YamlNode node) {
    if (!(node instanceof YamlMapping mapping)) {
      return node;
    }
    return switch (rule) {
      case PORT -> or(or(mapping, "mode", "ingress", PORT_MODE), "protocol", "tcp", "default: tcp");
      case SECRET ->
          mapping.has("target")
              ? mapping
              : or(
                  mapping,
                  "target",
                  "/run/secrets/" + mapping.text("source").orElse(""),
                  "default: secrets are found in /run/secrets");
      case BUILD -> or(mapping, "context", ".", BUILD_CONTEXT);
      case DEVICE_REQUEST ->
          mapping.has("count") || mapping.has("device_ids")
              ? mapping
              : mapping.with(
                  "count", YamlScalar.string("all", mapping.origin().derived(ALL_DEVICES)));
    };
  }

  private static YamlMapping or(YamlMapping mapping, String key, String value, String rule) {
    return mapping.has(key)
        ? mapping
        : mapping.with(key, YamlScalar.string(value, mapping.origin().derived(rule)));
  }
}
