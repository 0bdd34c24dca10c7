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

  static MountSpec secret(Project project, FileGrant grant) {
    SecretFile secret = project.secrets().get(grant.source());
    String target = grant.target().orElse(grant.source());
    String path = target.startsWith("/") ? target : "/run/secrets/" + target;
    if (secret == null) {
      throw undefined("secret", grant);
    }
    if (secret.external() || secret.driver().isPresent()) {
      throw foreign("secret", grant, secret.external());
    }
    return secret
        .file()
        .map(it -> mounted(it, path))
        .orElseGet(
            () ->
                written(
                    content(project, "secret", grant, secret.environment(), secret.content()),
                    path,
                    grant));
  }

  static MountSpec config(Project project, FileGrant grant) {
    ConfigFile config = project.configs().get(grant.source());
    String target = grant.target().orElse(grant.source());
    String path = target.startsWith("/") ? target : "/" + target;
    if (config == null) {
      throw undefined("config", grant);
    }
    if (config.external()) {
      throw foreign("config", grant, true);
    }
    return config
        .file()
        .map(it -> mounted(it, path))
        .orElseGet(
            () ->
                written(
                    content(project, "config", grant, config.environment(), config.content()),
                    path,
                    grant));
  }

  private static EngineException undefined(String kind, FileGrant grant) {
    return new EngineException.Invalid("undefined " + kind + " " + grant.source());
  }

  private static EngineException foreign(String kind, FileGrant grant, boolean external) {
    return new EngineException.Unsupported(
        "unsupported %s %s \"%s\": only a cluster keeps %ss; give it a file, an environment%s"
            .formatted(
                external ? "external" : "driver of",
                kind,
                grant.source(),
                kind,
                kind.equals("config") ? ", or a content" : " variable"));
  }

  private static MountSpec mounted(String file, String target) {
    return new MountSpec.Bind(
        file, target, true, Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  private static String content(
      Project project,
      String kind,
      FileGrant grant,
      Optional<String> variable,
      Optional<String> content) {
    if (variable.isEmpty()) {
      return content.orElse("");
    }
    String value = project.environment().get(variable.get());
    if (value == null) {
      throw new EngineException.Invalid(
          "environment variable \"%s\" required by %s \"%s\" is not set"
              .formatted(variable.get(), kind, grant.source()));
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
