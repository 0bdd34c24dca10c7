package jcompose.core.loading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcompose.core.interpolation.Template;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// The variables that a project's files refer to.
public final class ProjectVariables {
  private ProjectVariables() {}

  /// A variable.
  ///
  /// @param required an error says so when it is not set
  /// @param defaultValue what stands in for it; empty for none
  /// @param alternative what stands there when it is set; empty for its value
  public record Use(String name, boolean required, String defaultValue, String alternative) {}

  /// Each variable once, in the order of the tree. Of one that is referred to several times the
  /// first default counts and the first alternative, and it is required where any reference says
  /// so. A reference that is no template has no name. The project's own name is not looked at: it
  /// is known by now.
  ///
  /// @param tree with its references left alone
  public static List<Use> of(YamlMapping tree) {
    Map<String, Use> found = new LinkedHashMap<>();
    collect(tree.without("name"), found);
    return List.copyOf(found.values());
  }

  private static void collect(YamlNode node, Map<String, Use> found) {
    switch (node) {
      case YamlScalar scalar -> {
        if (scalar.text().indexOf('$') >= 0) {
          Template.parse(scalar.text())
              .peek(template -> template.references().forEach(it -> add(use(it), found)))
              .peekLeft(_ -> add(new Use("", false, "", ""), found));
        }
      }
      case YamlSequence sequence -> sequence.items().forEach(it -> collect(it, found));
      case YamlMapping mapping ->
          mapping.entries().values().forEach(it -> collect(it.value(), found));
    }
  }

  private static void add(Use use, Map<String, Use> found) {
    found.merge(
        use.name(),
        use,
        (first, other) ->
            new Use(
                first.name(),
                first.required() || other.required(),
                first.defaultValue().isEmpty() ? other.defaultValue() : first.defaultValue(),
                first.alternative().isEmpty() ? other.alternative() : first.alternative()));
  }

  private static Use use(Template.Part.Reference it) {
    return switch (it.operator()) {
      case NONE -> new Use(it.name(), false, "", "");
      case DEFAULT, DEFAULT_OR_EMPTY -> new Use(it.name(), false, it.wordText(), "");
      case REQUIRED, REQUIRED_NOT_EMPTY -> new Use(it.name(), true, "", "");
      case ALTERNATIVE, ALTERNATIVE_NOT_EMPTY -> new Use(it.name(), false, "", it.wordText());
    };
  }
}
