package jcompose.cli.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jcompose.core.conversion.Names;
import jcompose.core.loading.ProjectVariables;
import jcompose.core.loading.ResolvedProject;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlScalar;

/// The parts of a project that `config` lists, one a line.
public final class ConfigLists {
  private ConfigLists() {}

  /// Keys of a section, sorted.
  public static String section(ResolvedProject project, String name) {
    return lines(
        List.copyOf(
            project
                .tree()
                .mapping(name)
                .map(it -> new TreeSet<>(it.entries().keySet()))
                .orElseGet(TreeSet::new)));
  }

  /// Each service after those it depends on.
  public static String services(ResolvedProject project) {
    return lines(project.servicesInOrder());
  }

  public static String profiles(ResolvedProject project) {
    return lines(project.profiles());
  }

  /// An image that is built has a name even where none is written.
  public static String images(ResolvedProject project) {
    YamlMapping services = project.tree().mapping("services").orElseThrow();
    return lines(
        project.servicesInOrder().stream()
            .map(
                name ->
                    services
                        .mapping(name)
                        .flatMap(it -> it.text("image"))
                        .orElse(project.name() + Names.separator(project.environment()) + name))
            .toList());
  }

  /// `NAME=value`, sorted.
  public static String environment(Map<String, String> environment) {
    return lines(
        new TreeMap<>(environment)
            .entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList());
  }

  /// `service hash`, sorted.
  public static String hashes(Map<String, String> hashes) {
    return lines(
        new TreeMap<>(hashes)
            .entrySet().stream().map(it -> it.getKey() + " " + it.getValue()).toList());
  }

  /// A table of the variables that the files refer to.
  public static String variables(List<ProjectVariables.Use> uses) {
    var out = new StringBuilder();
    row(out, uses, "NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE");
    uses.forEach(
        it ->
            row(
                out,
                uses,
                it.name(),
                Boolean.toString(it.required()),
                it.defaultValue(),
                it.alternative()));
    return out.toString();
  }

  /// The same as a tree: by name, sorted, what docker compose's own record of a variable holds.
  ///
  /// @param lower writes keys in lower case, as YAML has them
  /// @param any where the texts are said to stand; not printed
  public static YamlMapping variables(List<ProjectVariables.Use> uses, boolean lower, Origin any) {
    YamlMapping all = YamlMapping.empty(any);
    var sorted = new ArrayList<>(uses);
    sorted.sort(Comparator.comparing(ProjectVariables.Use::name));
    for (ProjectVariables.Use it : sorted) {
      all =
          all.with(
              it.name(),
              YamlMapping.empty(any)
                  .with(key("Name", lower), YamlScalar.string(it.name(), any))
                  .with(key("DefaultValue", lower), YamlScalar.string(it.defaultValue(), any))
                  .with(key("PresenceValue", lower), YamlScalar.string(it.alternative(), any))
                  .with(key("Required", lower), YamlScalar.bool(it.required(), any)));
    }
    return all;
  }

  private static String key(String key, boolean lower) {
    return lower ? key.toLowerCase(Locale.ROOT) : key;
  }

  private static void row(
      StringBuilder out,
      List<ProjectVariables.Use> uses,
      String name,
      String required,
      String value,
      String alternative) {
    int names = width(uses.stream().map(ProjectVariables.Use::name).toList());
    int values = width(uses.stream().map(ProjectVariables.Use::defaultValue).toList());
    out.append(padded(name, names)).append(padded(required, 20)).append(padded(value, values));
    out.append(alternative).append('\n');
  }

  private static int width(List<String> cells) {
    return Math.max(20, cells.stream().mapToInt(String::length).max().orElse(0) + 3);
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(it -> it + "\n").collect(Collectors.joining());
  }
}
