package jcompose.core.yaml;

/// What a tag of the compose format asks of a merge.
public enum Directive {
  NONE,
  /// `!reset`: the key is taken out of the result.
  RESET,
  /// `!override`: the value stands alone, what was there before does not count.
  OVERRIDE
}
