package jcompose.core.loading;

import java.util.HashMap;
import java.util.Map;
import jcompose.core.source.SourceFile;
import jcompose.core.yaml.YamlLimits;
import jcompose.core.yaml.YamlReader;
import jcompose.core.yaml.YamlResult;

/// Trees of files, each read once, however often it is named, extended or included.
final class ParsedFiles {
  private final YamlReader reader = new YamlReader(YamlLimits.DEFAULT);
  private final Map<SourceFile, YamlResult> parsed = new HashMap<>();

  YamlResult of(SourceFile file) {
    return parsed.computeIfAbsent(file, reader::read);
  }
}
