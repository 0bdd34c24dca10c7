package jcompose.core.loading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.interpolation.Variables;
import jcompose.core.yaml.Origin.VariableUse;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Phase: gives names without a value the value they have in the environment. One that is not set
/// stays without under `environment`, and is dropped under `args`.
final class ResolveVariables {
  private static final PathTable<Boolean> KEPT_WHEN_UNSET =
      new PathTable<Boolean>()
          .put("services.*.environment", true)
          .put("services.*.build.args", false);

  private final Variables variables;

  ResolveVariables(Variables variables) {
    this.variables = variables;
  }

  YamlMapping apply(YamlMapping tree) {
    return Rewrite.tree(
        tree, KEPT_WHEN_UNSET, (kept, node, _) -> Optional.of(resolved(node, kept)));
  }

  private YamlNode resolved(YamlNode node, boolean kept) {
    if (node instanceof YamlSequence sequence) {
      return resolved(sequence, kept);
    }
    if (!(node instanceof YamlMapping mapping)) {
      return node;
    }
    var entries = new LinkedHashMap<String, YamlEntry>();
    for (Map.Entry<String, YamlEntry> it : mapping.entries().entrySet()) {
      YamlEntry entry = it.getValue();
      if (!entry.value().isNull()) {
        entries.put(it.getKey(), entry);
        continue;
      }
      Optional<Variables.Variable> found = variables.find(it.getKey());
      if (found.isPresent()) {
        VariableUse use = use(it.getKey(), found.get());
        entries.put(
            it.getKey(),
            entry.with(
                YamlScalar.string(
                    found.get().value(), entry.value().origin().withVariables(List.of(use)))));
      } else if (kept) {
        entries.put(it.getKey(), entry);
      }
    }
    return mapping.withEntries(entries);
  }

  private static VariableUse use(String name, Variables.Variable found) {
    return new VariableUse(
        name, Optional.of(found.source()), Optional.of(found.value()), Optional.empty());
  }

  private YamlNode resolved(YamlSequence sequence, boolean kept) {
    var items = new ArrayList<YamlNode>();
    for (YamlNode item : sequence.items()) {
      if (!(item instanceof YamlScalar scalar) || scalar.text().contains("=")) {
        items.add(item);
        continue;
      }
      Optional<Variables.Variable> found = variables.find(scalar.text());
      if (found.isPresent()) {
        VariableUse use = use(scalar.text(), found.get());
        items.add(
            YamlScalar.string(
                scalar.text() + "=" + found.get().value(),
                scalar.origin().withVariables(List.of(use))));
      } else if (kept) {
        items.add(item);
      }
    }
    return sequence.withItems(items);
  }
}
