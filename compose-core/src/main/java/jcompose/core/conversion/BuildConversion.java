package jcompose.core.conversion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Build;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.BuildSpec;

/// How a service's image is built.
public final class BuildConversion {
  private BuildConversion() {}

  /// @param noCache as `--no-cache` asks, beside the file's own
  /// @param pull as `--pull` asks, beside the file's own
  public static BuildSpec build(Project project, Service service, boolean noCache, boolean pull) {
    Build build = service.build().orElseThrow();
    if (!build.context().startsWith("/")) {
      throw new EngineException.Unsupported(
          "service \""
              + service.name()
              + "\": a build context that is no folder ("
              + build.context()
              + ") is not supported so far");
    }
    refuse(service, !build.secrets().isEmpty(), "secrets");
    refuse(service, !build.ssh().isEmpty(), "ssh");
    refuse(service, !build.additionalContexts().isEmpty(), "additional_contexts");
    refuse(service, build.platforms().size() > 1, "more than one of platforms");
    List<String> tags = new ArrayList<>();
    tags.add(Names.image(project, service));
    tags.addAll(build.tags());
    return new BuildSpec(
        Path.of(build.context()),
        build.dockerfile().orElse("Dockerfile"),
        build.dockerfileInline(),
        tags,
        build.args(),
        build.target(),
        LabelConversion.image(project, service, build.labels()),
        noCache || build.noCache(),
        pull || build.pull(),
        build.network(),
        build.extraHosts().stream().map(it -> it.replaceFirst("=", ":")).toList(),
        build.cacheFrom(),
        build.shmSize(),
        build.platforms().isEmpty()
            ? service.platform()
            : Optional.of(build.platforms().getFirst()));
  }

  private static void refuse(Service service, boolean used, String key) {
    if (used) {
      throw new EngineException.Unsupported(
          "service \"" + service.name() + "\": build." + key + " is not supported so far");
    }
  }
}
