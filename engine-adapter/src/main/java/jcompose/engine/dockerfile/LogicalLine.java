package jcompose.engine.dockerfile;

import java.util.List;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;

/// An instruction's text with its continuations joined; knows for each part where it stood.
///
/// @param pieces in order; the first starts at offset 0
/// @param documents bodies of the heredocs that the text announces, in order
/// @param endLine the last line of the file that belongs to it
record LogicalLine(
    SourceFile file, String text, List<Piece> pieces, List<Heredoc> documents, int endLine) {

  /// Text from `offset` on stands in the file at `line` from `column` on.
  record Piece(int offset, int line, int column) {}

  int startLine() {
    return pieces.getFirst().line();
  }

  /// The whole instruction, without heredoc bodies.
  SourceRange range() {
    return range(0, text.length());
  }

  /// Where the characters from `start` to before `end` stand.
  SourceRange range(int start, int end) {
    Piece first = piece(start);
    Piece last = piece(Math.max(start, end - 1));
    return new SourceRange(
        file,
        first.line(),
        first.column() + start - first.offset(),
        last.line(),
        last.column() + Math.max(start, end) - last.offset());
  }

  private Piece piece(int offset) {
    Piece found = pieces.getFirst();
    for (Piece piece : pieces) {
      if (piece.offset() <= offset) {
        found = piece;
      }
    }
    return found;
  }

  DockerfileException error(String code, String message, String... hints) {
    return error(code, range(), message, hints);
  }

  DockerfileException error(String code, SourceRange range, String message, String... hints) {
    return new DockerfileException(
        code, range, "dockerfile parse error on line " + startLine() + ": " + message, hints);
  }
}
