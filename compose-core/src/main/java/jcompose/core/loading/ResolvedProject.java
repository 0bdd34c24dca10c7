package jcompose.core.loading;

import java.util.Map;
import jcompose.core.model.Project;
import jcompose.core.yaml.YamlMapping;

/// A project as trees: the compose file that says the same with nothing left to resolve.
///
/// @param json the tree as docker compose prints it as JSON
/// @param yaml the tree as it prints it as YAML
/// @param origins the tree with the origin of every value, before anything was left out
public record ResolvedProject(
    Project project,
    YamlMapping json,
    YamlMapping yaml,
    YamlMapping origins,
    Map<String, String> environment) {
  public ResolvedProject {
    environment = Map.copyOf(environment);
  }
}
