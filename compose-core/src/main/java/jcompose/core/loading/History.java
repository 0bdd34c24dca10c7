package jcompose.core.loading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;

/// What loading did that no value's origin tells, since the value is gone or never said it.
public final class History {
  private final List<Removed> removed = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Map<String, SourceRange> includes = new LinkedHashMap<>();

  /// A value that `!reset` took out.
  ///
  /// @param by where the tag stands
  public record Removed(YamlPath path, YamlNode value, SourceRange by) {}

  void removed(YamlPath path, YamlNode value, SourceRange by) {
    removed.add(new Removed(path, value, by));
  }

  /// A service or resource of the files that is no part of the project.
  ///
  /// @param at where it is written
  /// @param why such as `no service uses it`
  public record LeftOut(YamlPath path, SourceRange at, String why) {}

  void leftOut(YamlPath path, SourceRange at, String why) {
    leftOut.add(new LeftOut(path, at, why));
  }

  void included(String file, SourceRange by) {
    includes.putIfAbsent(file, by);
  }

  public List<Removed> removed() {
    return List.copyOf(removed);
  }

  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /// Where a file is included, if it is.
  ///
  /// @param file by the name of its [jcompose.core.source.SourceFile]
  public Optional<SourceRange> includedAt(String file) {
    return Optional.ofNullable(includes.get(file));
  }
}
