package jcompose.engine.dockerfile;

import java.util.List;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;

/// A Dockerfile taken apart.
///
/// @param instructions in the order of the file; the first FROM is preceded by ARGs only
/// @param escape the character that joins lines and makes the next one literal
/// @param warnings what works and should be written otherwise
public record Dockerfile(
    SourceFile file, char escape, List<Instruction> instructions, List<Diagnostic> warnings) {
  public Dockerfile {
    instructions = List.copyOf(instructions);
    warnings = List.copyOf(warnings);
  }
}
