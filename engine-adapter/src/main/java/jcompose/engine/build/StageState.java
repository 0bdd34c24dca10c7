package jcompose.engine.build;

import java.util.Optional;
import jcompose.engine.dockerfile.WordExpansion;
import jcompose.engine.oci.ContainerConfig;
import jcompose.engine.oci.ImageConfig;

/// What a stage has come to after some instruction.
///
/// @param key names it, see [StepKey]
/// @param image the image that it would be
/// @param commandSet whether CMD was given in this stage, so that ENTRYPOINT keeps it
/// @param allCached no step had to be run so far
record StageState(
    StepKey key, ImageConfig image, ArgScope arguments, boolean commandSet, boolean allCached) {

  ContainerConfig config() {
    return image.config();
  }

  StageState with(StepKey newKey, ImageConfig newImage, boolean cached) {
    return new StageState(newKey, newImage, arguments, commandSet, allCached && cached);
  }

  StageState with(ArgScope scope) {
    return new StageState(key, image, scope, commandSet, allCached);
  }

  StageState withCommandSet(boolean set) {
    return new StageState(key, image, arguments, set, allCached);
  }

  /// A variable's value: the environment's, else a declared ARG's.
  Optional<String> variable(String name) {
    for (String entry : config().environment()) {
      if (entry.startsWith(name) && entry.startsWith("=", name.length())) {
        return Optional.of(entry.substring(name.length() + 1));
      }
    }
    return arguments.value(name);
  }

  WordExpansion expansion(char escape) {
    return new WordExpansion(escape, this::variable);
  }
}
