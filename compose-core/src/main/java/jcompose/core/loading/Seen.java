package jcompose.core.loading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jcompose.core.yaml.YamlNode;

/// The items of a list so far, told apart by what they say.
final class Seen {
  private final Map<Integer, List<YamlNode>> byContent = new HashMap<>();

  /// Whether no item has said the same.
  boolean add(YamlNode item) {
    List<YamlNode> alike =
        byContent.computeIfAbsent(YamlNode.contentHash(item), _ -> new ArrayList<>(1));
    if (alike.stream().anyMatch(it -> YamlNode.same(it, item))) {
      return false;
    }
    alike.add(item);
    return true;
  }
}
