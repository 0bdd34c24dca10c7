package jcompose.core.conversion;

import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.model.ConfigFile;
import jcompose.core.model.FileGrant;
import jcompose.core.model.Project;
import jcompose.core.model.SecretFile;
import jcompose.core.resource.MountSpec;

/// Secrets and configs in a container. A file of the host is mounted as it is, so that its changes
/// show; what a variable or the compose file says becomes a file of the container's own.
final class FileConversion {
  private static final int READABLE = 0444;

  private FileConversion() {}

  /// What a secret or config of the project says of itself.
  ///
  /// @param driver of a cluster
  private record Declared(
      String kind,
      boolean external,
      boolean driver,
      Optional<String> file,
      Optional<String> variable,
      Optional<String> content) {}

  static MountSpec secret(Project project, FileGrant grant) {
    SecretFile secret = project.secrets().get(grant.source());
    if (secret == null) {
      throw undefined("secret", grant);
    }
    var declared =
        new Declared(
            "secret",
            secret.external(),
            secret.driver().isPresent(),
            secret.file(),
            secret.environment(),
            secret.content());
    return mount(project, declared, grant, "/run/secrets/");
  }

  static MountSpec config(Project project, FileGrant grant) {
    ConfigFile config = project.configs().get(grant.source());
    if (config == null) {
      throw undefined("config", grant);
    }
    var declared =
        new Declared(
            "config",
            config.external(),
            false,
            config.file(),
            config.environment(),
            config.content());
    return mount(project, declared, grant, "/");
  }

  /// @param folder that relative targets are in
  private static MountSpec mount(
      Project project, Declared declared, FileGrant grant, String folder) {
    if (declared.external() || declared.driver()) {
      throw foreign(declared, grant);
    }
    String target = grant.target().orElse(grant.source());
    String path = target.startsWith("/") ? target : folder + target;
    return declared
        .file()
        .map(it -> mounted(it, path))
        .orElseGet(() -> written(content(project, declared, grant), path, grant));
  }

  private static EngineException undefined(String kind, FileGrant grant) {
    return new EngineException.Invalid("undefined " + kind + " " + grant.source());
  }

  private static EngineException foreign(Declared declared, FileGrant grant) {
    String kind = declared.kind();
    return new EngineException.Unsupported(
        "unsupported %s %s \"%s\": only a cluster keeps %ss; give it a file, an environment%s"
            .formatted(
                declared.external() ? "external" : "driver of",
                kind,
                grant.source(),
                kind,
                kind.equals("config") ? ", or a content" : " variable"));
  }

  private static MountSpec mounted(String file, String target) {
    return new MountSpec.Bind(
        file, target, true, Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  private static String content(Project project, Declared declared, FileGrant grant) {
    if (declared.variable().isEmpty()) {
      return declared.content().orElse("");
    }
    String variable = declared.variable().get();
    String value = project.environment().get(variable);
    if (value == null) {
      throw new EngineException.Invalid(
          "environment variable \"%s\" required by %s \"%s\" is not set"
              .formatted(variable, declared.kind(), grant.source()));
    }
    return value;
  }

  private static MountSpec written(String content, String target, FileGrant grant) {
    return new MountSpec.Content(
        content,
        target,
        id("uid", grant.uid(), grant),
        id("gid", grant.gid(), grant),
        grant.mode().orElse(READABLE));
  }

  private static int id(String key, Optional<String> text, FileGrant grant) {
    try {
      int id = text.filter(it -> !it.isEmpty()).map(Integer::parseInt).orElse(0);
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new EngineException.Invalid(
        "invalid %s \"%s\" of \"%s\": expected a number"
            .formatted(key, text.orElse(""), grant.source()));
  }
}
