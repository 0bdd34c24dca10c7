package jcompose.core.loading;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jcompose.core.interpolation.Variables;
import jcompose.core.loading.LoadResult.Reason;

/// Phase: finds the compose files, the project folder and the env files.
final class Locate {
  private static final String NAME = "COMPOSE_PROJECT_NAME";
  private static final List<String> NAMES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
  private static final List<String> OVERRIDES =
      List.of(
          "compose.override.yml",
          "compose.override.yaml",
          "docker-compose.override.yml",
          "docker-compose.override.yaml");

  private final LoadRequest request;
  private final EnvFiles envFiles;
  private final Problems problems;

  Locate(LoadRequest request, EnvFiles envFiles, Problems problems) {
    this.request = request;
    this.envFiles = envFiles;
    this.problems = problems;
  }

  Optional<Located> locate() {
    Map<String, Variables.Variable> variables = new LinkedHashMap<>();
    request
        .environment()
        .forEach(
            (name, value) -> variables.put(name, new Variables.Variable(value, "the environment")));
    Optional<Path> given = request.projectDirectory().map(it -> absolute(it));
    List<String> names = request.files();
    Path first = given.orElseGet(() -> folderOf(request.files()));
    Map<String, Variables.Variable> known = withEnvFiles(variables, first);
    if (names.isEmpty()) {
      names = split(known, "COMPOSE_FILE", "COMPOSE_PATH_SEPARATOR", ":");
    }
    List<Optional<Path>> files = new ArrayList<>();
    for (String name : names) {
      files.add(name.equals("-") ? Optional.empty() : Optional.of(absolute(name)));
    }
    if (files.isEmpty()) {
      search(given.orElse(request.workingDirectory())).forEach(it -> files.add(Optional.of(it)));
    }
    if (files.isEmpty()) {
      problems.fail(
          Reason.NOT_FOUND,
          "no-compose-file",
          "no configuration file provided: not found",
          "run this in a folder with a compose.yaml, or name one with -f");
      return Optional.empty();
    }
    Path directory =
        given.orElseGet(
            () -> files.getFirst().map(it -> it.getParent()).orElse(request.workingDirectory()));
    known = withEnvFiles(known, directory);
    Optional<Variables.Variable> name =
        request
            .projectName()
            .filter(it -> !it.isEmpty())
            .map(it -> new Variables.Variable(it, "-p"))
            .or(
                () ->
                    value(request.environment(), NAME)
                        .map(it -> new Variables.Variable(it, NAME + " of the environment")))
            .or(() -> nameSetting(variables, directory));
    return Optional.of(new Located(directory, files, known, name, profiles(known)));
  }

  private Optional<Variables.Variable> nameSetting(
      Map<String, Variables.Variable> environment, Path directory) {
    var others = new LinkedHashMap<>(environment);
    others.remove(NAME);
    return Optional.ofNullable(withEnvFiles(others, directory).get(NAME))
        .filter(it -> !it.value().isEmpty())
        .map(it -> new Variables.Variable(it.value(), NAME + " at " + it.source()));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(it -> !it.isEmpty());
  }

  /// Without COMPOSE_PROFILES the profile without a name is active, as in docker compose.
  private List<String> profiles(Map<String, Variables.Variable> known) {
    if (!request.profiles().isEmpty()) {
      return request.profiles();
    }
    List<String> named = split(known, "COMPOSE_PROFILES", "", ",");
    return named.isEmpty() ? List.of("") : named;
  }

  private static List<String> split(
      Map<String, Variables.Variable> known, String name, String separatorName, String separator) {
    Variables.Variable value = known.get(name);
    if (value == null || value.value().isEmpty()) {
      return List.of();
    }
    Variables.Variable other = known.get(separatorName);
    String by = other == null || other.value().isEmpty() ? separator : other.value();
    return List.of(value.value().split(Pattern.quote(by))).stream()
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private Path folderOf(List<String> files) {
    return files.isEmpty() || files.getFirst().equals("-")
        ? request.workingDirectory()
        : Optional.ofNullable(absolute(files.getFirst()).getParent())
            .orElse(request.workingDirectory());
  }

  private Map<String, Variables.Variable> withEnvFiles(
      Map<String, Variables.Variable> outer, Path directory) {
    List<String> named = request.envFiles();
    if (named.isEmpty()) {
      named =
          value(request.environment(), "COMPOSE_ENV_FILES")
              .map(it -> List.of(it.split(",")))
              .orElse(List.of());
    }
    List<Path> files = new ArrayList<>();
    for (String name : named) {
      Path path = absolute(name);
      if (!Files.exists(path)) {
        problems.fail(Reason.USAGE, "no-such-env-file", "Couldn't find env file: " + path);
      } else if (Files.isDirectory(path)) {
        problems.fail(Reason.USAGE, "not-a-file", path + " is a directory");
      } else {
        files.add(path);
      }
    }
    if (named.isEmpty() && Files.isRegularFile(directory.resolve(".env"))) {
      files.add(directory.resolve(".env"));
    }
    return envFiles.over(outer, files, Reason.USAGE);
  }

  /// The default files of the nearest folder, upwards, that has any.
  private List<Path> search(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      List<Path> found = existing(folder, NAMES);
      if (!found.isEmpty()) {
        warnIfSeveral(found, "config");
        List<Path> overrides = existing(folder, OVERRIDES);
        warnIfSeveral(overrides, "override");
        return overrides.isEmpty()
            ? List.of(found.getFirst())
            : List.of(found.getFirst(), overrides.getFirst());
      }
    }
    return List.of();
  }

  private void warnIfSeveral(List<Path> found, String kind) {
    if (found.size() > 1) {
      problems.warn(
          "several-files",
          "Found multiple %s files with supported names: %s; using %s"
              .formatted(
                  kind,
                  String.join(", ", found.stream().map(Path::toString).toList()),
                  found.getFirst()));
    }
  }

  private static List<Path> existing(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
  }

  private Path absolute(String name) {
    return request.workingDirectory().resolve(name).normalize();
  }
}
