package jcompose.core.loading;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jcompose.core.interpolation.Variables;

/// Where a file is read: its project folder and what its references see.
///
/// @param directory relative paths count from here
/// @param chain the files that include each other to get here, outermost first
record LoadContext(Path directory, Map<String, Variables.Variable> variables, List<Path> chain) {
  Variables lookup() {
    return name -> Optional.ofNullable(variables.get(name));
  }

  LoadContext with(String name, Variables.Variable value) {
    var more = new HashMap<>(variables);
    more.put(name, value);
    return new LoadContext(directory, more, chain);
  }

  LoadContext at(Path other) {
    return new LoadContext(other, variables, chain);
  }

  LoadContext inside(Path file) {
    return new LoadContext(
        directory, variables, Stream.concat(chain.stream(), Stream.of(file)).toList());
  }
}
