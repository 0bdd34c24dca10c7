package jcompose.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Copies that keep the order of the file; `Map.copyOf` does not.
final class Copies {
  private Copies() {}

  static <K, V> SequencedMap<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }
}
