package jcompose.core.yaml;

import java.util.Collections;
import java.util.List;

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

  @Override
  public YamlSequence withOrigin(Origin value) {
    return new YamlSequence(items, value, directive);
  }

  @Override
  public String kindInWords() {
    return "a list";
  }
}
