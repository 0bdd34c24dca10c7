package jcompose.core.source;

/// A part of a file. Lines and columns count from 1, columns in characters; the end is exclusive.
public record SourceRange(SourceFile file, int line, int column, int endLine, int endColumn) {
  /// Whether this begins where another does.
  public boolean isAtStartOf(SourceRange other) {
    return line == other.line() && column == other.column();
  }

  /// `compose.yaml:14:7`.
  @Override
  public String toString() {
    return file.name() + ":" + line + ":" + column;
  }
}
