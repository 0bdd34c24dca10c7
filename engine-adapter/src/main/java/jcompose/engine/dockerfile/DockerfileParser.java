package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;

/// Text to instructions.
public final class DockerfileParser {
  private DockerfileParser() {}

  /// @throws DockerfileException at the first thing that is wrong
  public static Dockerfile parse(SourceFile file) {
    String text = file.text();
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    List<String> lines = text.lines().toList();
    Directives directives = Directives.read(file, lines);
    var warnings = new ArrayList<Diagnostic>();
    List<LogicalLine> logical = new LogicalLines(file, lines, directives.escape(), warnings).read();
    if (logical.isEmpty()) {
      throw new DockerfileException(
          "empty-dockerfile",
          new SourceRange(file, 1, 1, 1, 1),
          "dockerfile parse error: file with no instructions");
    }
    var instructions = new ArrayList<Instruction>();
    var parser = new InstructionParser(directives.escape());
    boolean inStage = false;
    for (LogicalLine line : logical) {
      Instruction instruction = parser.parse(line);
      inStage |= instruction instanceof Instruction.From;
      if (!inStage && !(instruction instanceof Instruction.Arg)) {
        throw line.error(
            "no-build-stage",
            "no build stage in current context",
            "begin with FROM; only ARG may stand before it");
      }
      instructions.add(instruction);
    }
    if (!inStage) {
      throw logical.getLast().error("no-build-stage", "no build stage in current context");
    }
    return new Dockerfile(file, directives.escape(), instructions, warnings);
  }

  /// Parses one instruction out of an image's ONBUILD list.
  ///
  /// @param image named in errors
  public static Instruction parseTrigger(String image, String trigger) {
    var file = new SourceFile("ONBUILD of " + image, trigger);
    var warnings = new ArrayList<Diagnostic>();
    List<LogicalLine> logical =
        new LogicalLines(file, trigger.lines().toList(), '\\', warnings).read();
    if (logical.size() != 1) {
      throw new DockerfileException(
          "invalid-trigger",
          new SourceRange(file, 1, 1, 1, trigger.length() + 1),
          "ONBUILD of " + image + " is not one instruction: " + trigger);
    }
    return new InstructionParser('\\').parse(logical.getFirst());
  }
}
