package jcompose.core.yaml;

import jcompose.core.source.SourceRange;

/// A mapping's value and where its key stands.
public record YamlEntry(SourceRange keyRange, YamlNode value) {
  @SuppressWarnings("ReferenceEquality") // what is unchanged is the same object
  public YamlEntry with(YamlNode other) {
    return other == value ? this : new YamlEntry(keyRange, other);
  }
}
