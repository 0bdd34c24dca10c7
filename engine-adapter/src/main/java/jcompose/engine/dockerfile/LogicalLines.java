package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;

/// Cuts a file into instructions: drops comments and blank lines, joins continued lines, and takes
/// in the bodies of heredocs.
final class LogicalLines {
  private final SourceFile file;
  private final List<String> lines;
  private final char escape;
  private final List<Diagnostic> warnings;
  private int next;

  LogicalLines(SourceFile file, List<String> lines, char escape, List<Diagnostic> warnings) {
    this.file = file;
    this.lines = lines;
    this.escape = escape;
    this.warnings = warnings;
  }

  List<LogicalLine> read() {
    var result = new ArrayList<LogicalLine>();
    while (next < lines.size()) {
      String line = lines.get(next);
      if (line.isBlank() || isComment(line)) {
        next++;
      } else {
        result.add(instruction());
      }
    }
    return result;
  }

  private static boolean isComment(String line) {
    return line.stripLeading().startsWith("#");
  }

  private LogicalLine instruction() {
    var text = new StringBuilder();
    var pieces = new ArrayList<LogicalLine.Piece>();
    boolean more = true;
    boolean first = true;
    while (more && next < lines.size()) {
      String line = lines.get(next);
      if (!first && (line.isBlank() || isComment(line))) {
        if (line.isBlank()) {
          warnings.add(
              Diagnostic.warning(
                  "no-empty-continuation",
                  new SourceRange(file, next + 1, 1, next + 1, line.length() + 1),
                  "Empty continuation line"));
        }
        next++;
        continue;
      }
      int start = first ? line.length() - line.stripLeading().length() : 0;
      int end = continuationEnd(line);
      more = end >= 0;
      pieces.add(new LogicalLine.Piece(text.length(), next + 1, start + 1));
      text.append(line, Math.min(start, more ? end : start), more ? end : line.length());
      first = false;
      next++;
    }
    String joined = text.toString().stripTrailing();
    var bodies = new ArrayList<Heredoc>();
    for (HeredocMark mark : HeredocMark.in(joined, escape)) {
      bodies.add(body(mark, pieces.getFirst().line()));
    }
    return new LogicalLine(file, joined, pieces, bodies, next);
  }

  /// Where the text of a continued line ends, or -1 when the line is not continued. A doubled
  /// escape character is a literal one.
  private int continuationEnd(String line) {
    String stripped = line.stripTrailing();
    int last = stripped.length() - 1;
    if (last < 0 || stripped.charAt(last) != escape) {
      return -1;
    }
    return last > 0 && stripped.charAt(last - 1) == escape ? -1 : last;
  }

  private Heredoc body(HeredocMark mark, int startLine) {
    var content = new StringBuilder();
    while (next < lines.size()) {
      String line = lines.get(next++);
      String shown = mark.stripTabs() ? line.replaceFirst("^\t+", "") : line;
      if (shown.equals(mark.name())) {
        return new Heredoc(mark.name(), content.toString(), mark.expand());
      }
      content.append(shown).append('\n');
    }
    throw new DockerfileException(
        "unterminated-heredoc",
        new SourceRange(file, startLine, 1, startLine, file.line(startLine).length() + 1),
        "dockerfile parse error on line " + startLine + ": unterminated heredoc",
        "end the document with a line that is just " + mark.name());
  }
}
