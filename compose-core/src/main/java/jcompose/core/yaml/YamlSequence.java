package jcompose.core.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list. The list given is not copied: whoever makes a sequence gives its items away.
public record YamlSequence(List<YamlNode> items, Origin origin, Directive directive)
    implements YamlNode {

  public YamlSequence {
    items = Collections.unmodifiableList(items);
  }

  public static YamlSequence of(List<? extends YamlNode> items, Origin origin) {
    return new YamlSequence(Collections.unmodifiableList(items), origin, Directive.NONE);
  }

  public YamlSequence withItems(List<YamlNode> others) {
    return new YamlSequence(others, origin, directive);
  }

  /// What becomes of an item.
  @FunctionalInterface
  public interface ItemChange {
    /// The new item; null to take it out.
    @Nullable YamlNode apply(int index, YamlNode item);
  }

  /// The same with every item changed; itself where all stay as they are.
  @SuppressWarnings("ReferenceEquality") // what is unchanged is the same object
  public YamlSequence eachItem(ItemChange change) {
    List<YamlNode> copy = null;
    for (int i = 0; i < items.size(); i++) {
      YamlNode item = items.get(i);
      YamlNode result = change.apply(i, item);
      if (copy == null && result != item) {
        copy = new ArrayList<>(items.size());
        copy.addAll(items.subList(0, i));
      }
      if (copy != null && result != null) {
        copy.add(result);
      }
    }
    return copy == null ? this : withItems(copy);
  }

  @Override
  public YamlSequence withOrigin(Origin value) {
    return new YamlSequence(items, value, directive);
  }

  @Override
  public String kindInWords() {
    return "a list";
  }
}
