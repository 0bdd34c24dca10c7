package jcompose.engine.build;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jcompose.engine.dockerfile.BuildGraph;
import jcompose.engine.dockerfile.Instruction;
import jcompose.engine.dockerfile.WordExpansion;

/// The values of the ARGs before the first FROM.
final class GlobalArguments {
  private GlobalArguments() {}

  static Map<String, String> of(
      BuildGraph graph, Map<String, String> platform, Map<String, String> given) {
    var values = new HashMap<>(platform);
    var globals = new HashMap<String, String>();
    var words =
        new WordExpansion(
            graph.dockerfile().escape(), name -> Optional.ofNullable(values.get(name)));
    for (Instruction.Arg arg : graph.globals()) {
      for (Instruction.Arg.Definition definition : arg.definitions()) {
        Optional.ofNullable(given.get(definition.name()))
            .or(() -> definition.value().map(words::expand))
            .ifPresent(
                it -> {
                  values.put(definition.name(), it);
                  globals.put(definition.name(), it);
                });
      }
    }
    return globals;
  }
}
