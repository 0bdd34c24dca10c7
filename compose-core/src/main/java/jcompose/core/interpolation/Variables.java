package jcompose.core.interpolation;

import java.util.Map;
import java.util.Optional;

/// Where variables are looked up.
@FunctionalInterface
public interface Variables {
  /// The variable, unless it is not set.
  Optional<Variable> find(String name);

  /// A variable that is set.
  ///
  /// @param source where, such as `the environment` or `.env:3`
  record Variable(String value, String source) {}

  static Variables of(Map<String, String> map, String source) {
    return name -> Optional.ofNullable(map.get(name)).map(it -> new Variable(it, source));
  }

  /// These, and below them the others.
  default Variables or(Variables others) {
    return name -> find(name).or(() -> others.find(name));
  }
}
