package jcompose.core.yaml;

/// What a text may cost.
///
/// @param characters of one text
/// @param depth of nested collections
/// @param aliasedNodes that aliases may add, on top of ten times what is written out
public record YamlLimits(int characters, int depth, int aliasedNodes) {
  public static final YamlLimits DEFAULT = new YamlLimits(32 * 1024 * 1024, 200, 100_000);
}
