package jcompose.engine.build;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.source.Diagnostic;
import jcompose.engine.dockerfile.DockerfileException;
import jcompose.engine.dockerfile.DockerfileParser;
import jcompose.engine.dockerfile.Instruction;
import jcompose.engine.oci.ImageConfig;

/// The Dockerfile instructions with which `commit` and `import` change an image's configuration.
public final class ConfigChanges {
  private static final Set<String> ALLOWED =
      Set.of(
          "CMD",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "HEALTHCHECK",
          "LABEL",
          "ONBUILD",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private ConfigChanges() {}

  /// @param changes one instruction each
  /// @throws EngineException.Invalid in Docker's words, for another instruction or a wrong one
  public static ImageConfig apply(ImageConfig image, List<String> changes) {
    var state = new StageState(StepKey.of("changes", changes), image, ArgScope.EMPTY, false, false);
    for (String change : changes) {
      String word = change.strip().split("\\s", 2)[0];
      if (!ALLOWED.contains(word.toUpperCase(Locale.ROOT))) {
        throw new EngineException.Invalid(word + " is not a valid change command");
      }
      try {
        Instruction instruction = DockerfileParser.parseTrigger("the changes", change.strip());
        ImageConfig next =
            ConfigInstructions.apply(state, instruction, state.expansion('\\'))
                .map(ConfigInstructions.Applied::image)
                .orElse(state.image());
        state = state.with(state.key(), next, false);
        state = instruction instanceof Instruction.Cmd ? state.withCommandSet(true) : state;
      } catch (DockerfileException e) {
        Diagnostic wrong = e.diagnostic();
        throw new EngineException.Invalid(wrong.message());
      } catch (IllegalArgumentException e) {
        throw new EngineException.Invalid(String.valueOf(e.getMessage()));
      }
    }
    return state.image();
  }
}
