package jcompose.core.yaml;

import java.util.List;
import jcompose.core.source.Diagnostic;

/// The documents of a text and what is wrong in it. Documents before the first syntax error are
/// there; a problem that leaves the structure clear, such as a duplicate key, ends nothing.
public record YamlResult(List<YamlNode> documents, List<Diagnostic> problems) {
  public YamlResult {
    documents = List.copyOf(documents);
    problems = List.copyOf(problems);
  }
}
