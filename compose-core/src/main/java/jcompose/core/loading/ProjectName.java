package jcompose.core.loading;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlScalar;

/// The rules of project names: `-p` and COMPOSE_PROJECT_NAME must be well formed, the `name` of a
/// file and the project folder's name are made so.
final class ProjectName {
  private static final Pattern WELL_FORMED = Pattern.compile("[a-z0-9][a-z0-9_-]*");

  private ProjectName() {}

  static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
  }

  /// The project's name; a problem and a stand-in where there is none.
  static String decide(Located located, Optional<YamlMapping> tree, Problems problems) {
    if (located.explicitName().isPresent()) {
      String name = located.explicitName().get().value();
      if (!WELL_FORMED.matcher(name).matches()) {
        problems.fail(
            Reason.INVALID,
            "bad-project-name",
            "invalid project name \"%s\": must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number (it is from %s)"
                .formatted(name, located.explicitName().get().source()),
            "\"" + normal(name) + "\" would do");
      }
      return name;
    }
    Optional<YamlScalar> written = tree.flatMap(it -> it.scalar("name"));
    String name = written.map(it -> normal(it.text())).orElseGet(() -> folderName(located));
    if (!name.isEmpty()) {
      return name;
    }
    String hint = "give one with -p, or as \"name:\" in the compose file";
    if (written.isPresent()) {
      problems.error(
          "no-project-name",
          written.get().range(),
          "project name must not be empty: nothing of \"%s\" may stand in a name%s"
              .formatted(
                  written.get().text(), Interpolate.sources(written.get().origin().variables())),
          hint);
    } else {
      problems.fail(Reason.INVALID, "no-project-name", "project name must not be empty", hint);
    }
    return "none";
  }

  static String folderName(Located located) {
    var name = located.projectDirectory().getFileName();
    return name == null ? "" : normal(name.toString());
  }
}
