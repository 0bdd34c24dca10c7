package jcompose.core.yaml;

import org.jspecify.annotations.Nullable;

/// The way from a document's root to a value, such as `services.web.ports[0].target`.
public final class YamlPath {
  public static final YamlPath ROOT = new YamlPath(null, "");

  private final @Nullable YamlPath parent;
  private final String segment;

  private YamlPath(@Nullable YamlPath parent, String segment) {
    this.parent = parent;
    this.segment = segment;
  }

  public YamlPath key(String name) {
    return new YamlPath(this, name);
  }

  public YamlPath index(int number) {
    return new YamlPath(this, "[" + number + "]");
  }

  /// The last key or `[index]`.
  public String last() {
    return segment;
  }

  @Override
  public String toString() {
    if (parent == null) {
      return segment;
    }
    String before = parent.toString();
    return before.isEmpty() || segment.startsWith("[") ? before + segment : before + "." + segment;
  }
}
