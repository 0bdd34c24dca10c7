package jcompose.core.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text and the name it is shown by.
public final class SourceFile {
  private final String name;
  private final String text;

  /// Cut when first asked for: only what is shown to somebody needs lines.
  private volatile @Nullable List<String> lines;

  /// @param name path as the user knows it, or a word such as `(stdin)`
  public SourceFile(String name, String text) {
    this.name = name;
    this.text = text;
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /// Line `number`, counted from 1, without its end; empty past the last.
  public String line(int number) {
    List<String> known = lines;
    if (known == null) {
      known = text.lines().toList();
      lines = known;
    }
    return number >= 1 && number <= known.size() ? known.get(number - 1) : "";
  }

  /// Files of one name and text are the same.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SourceFile file && name.equals(file.name) && text.equals(file.text);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + text.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
