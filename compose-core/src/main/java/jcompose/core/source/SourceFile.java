package jcompose.core.source;

import java.util.List;

/// A text and the name it is shown by.
///
/// @param name path as the user knows it, or a word such as `(stdin)`
public record SourceFile(String name, String text) {
  /// Line `number`, counted from 1, without its end; empty past the last.
  public String line(int number) {
    List<String> lines = text.lines().toList();
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }
}
