package jcompose.engine.build;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ARGs that a stage has declared so far. A declared one may have no value.
record ArgScope(Map<String, Optional<String>> declared) {
  static final ArgScope EMPTY = new ArgScope(Map.of());

  ArgScope {
    declared = Collections.unmodifiableMap(new LinkedHashMap<>(declared));
  }

  ArgScope with(String name, Optional<String> value) {
    var more = new LinkedHashMap<>(declared);
    more.put(name, value);
    return new ArgScope(more);
  }

  Optional<String> value(String name) {
    return declared.getOrDefault(name, Optional.empty());
  }

  /// `NAME=value` of those that have one and are not covered by the environment, sorted.
  List<String> forCommand(List<String> environment) {
    var covered = new HashMap<String, String>();
    for (String entry : environment) {
      covered.put(entry.substring(0, Math.max(0, entry.indexOf('='))), entry);
    }
    var entries = new ArrayList<String>();
    declared.forEach(
        (name, value) -> {
          if (!covered.containsKey(name)) {
            value.ifPresent(it -> entries.add(name + "=" + it));
          }
        });
    Collections.sort(entries);
    return entries;
  }
}
