package jcompose.cli.settings;

import java.util.List;
import java.util.ServiceLoader;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.EngineProvider;
import jcompose.core.loading.LoadRequest;
import jcompose.core.loading.LoadResult;
import jcompose.core.loading.ProjectLoader;
import jcompose.core.loading.ResolveResult;
import jcompose.core.loading.ResolvedProject;
import jcompose.core.model.Project;
import jcompose.core.observation.Observer;
import jcompose.core.progress.ProgressListener;
import jcompose.core.usecase.ProjectFromLabels;
import jcompose.core.usecase.Workbench;
import org.jspecify.annotations.Nullable;

/// What one command works with: how it was called, its global options, and the engine, opened when
/// it is first asked for.
public final class Session implements AutoCloseable {
  private final Invocation invocation;
  private final GlobalOptions options;
  private @Nullable Engine engine;

  public Session(Invocation invocation, GlobalOptions options) {
    this.invocation = invocation;
    this.options = options;
  }

  public Invocation invocation() {
    return invocation;
  }

  public GlobalOptions options() {
    return options;
  }

  /// The engine that `-H`, `--engine` and DOCKER_HOST choose; closed with the session.
  public synchronized Engine engine() {
    if (engine == null) {
      var environment = invocation.environment();
      engine =
          provider(options.engineKind(environment)).open(options.host(environment), environment);
    }
    return engine;
  }

  /// What the options ask the loader for.
  public LoadRequest loadRequest() {
    return new LoadRequest(
        invocation.folder(),
        options.files(),
        options.projectName(),
        options.projectDirectory(),
        options.environmentFiles(),
        options.profiles(),
        List.of(),
        PluginEnvironment.of(options.loadingEnvironment(invocation.environment())),
        invocation::input,
        LoadRequest.Options.DEFAULT);
  }

  /// The project of the compose files; its warnings are printed.
  ///
  /// @throws ProjectRejected when they make none
  public Project project() {
    return project(loadRequest());
  }

  /// The same, of what is asked for.
  public Project project(LoadRequest request) {
    return switch (new ProjectLoader().load(request)) {
      case LoadResult.Loaded(var project, var warnings) -> {
        warnings.forEach(it -> invocation.error().println(it.render()));
        yield project;
      }
      case LoadResult.Rejected(var reason, var problems) ->
          throw new ProjectRejected(problems, reason.exitCode());
    };
  }

  /// The resolved tree of the compose files; its warnings are printed.
  ///
  /// @throws ProjectRejected when they make none
  public ResolvedProject resolved(LoadRequest request) {
    return switch (new ProjectLoader().resolve(request)) {
      case ResolveResult.Resolved(var project, var warnings) -> {
        warnings.forEach(it -> invocation.error().println(it.render()));
        yield project;
      }
      case ResolveResult.Unresolved(var reason, var problems) ->
          throw new ProjectRejected(problems, reason.exitCode());
    };
  }

  /// The project for a command that works on what is there: with a name and no file, as container
  /// labels tell.
  public KnownProject knownProject() {
    var environment = invocation.environment();
    boolean files = !options.files().isEmpty() || environment.containsKey("COMPOSE_FILE");
    if (options.projectName().isPresent() && !files) {
      return fromLabels(options.projectName().get());
    }
    try {
      return new KnownProject(project(), false);
    } catch (ProjectRejected e) {
      String name = environment.getOrDefault("COMPOSE_PROJECT_NAME", "");
      if (name.isEmpty()) {
        throw e;
      }
      return fromLabels(name);
    }
  }

  private KnownProject fromLabels(String name) {
    var observed = new Observer(engine()).containers(name);
    return new KnownProject(ProjectFromLabels.read(name, observed), true);
  }

  /// A project, and whether it is known from labels alone.
  public record KnownProject(Project project, boolean fromLabels) {}

  /// Has this command's turn at bringing the project up.
  public ProjectLock lock(Project project) {
    var environment = invocation.environment();
    return ProjectLock.take(
        environment,
        options.engineKind(environment) + options.host(environment).orElse(""),
        project.name(),
        () ->
            invocation
                .error()
                .println(
                    "waiting for another command that brings project \"%s\" up"
                        .formatted(project.name())));
  }

  /// What use cases work with.
  public Workbench workbench(ProgressListener progress) {
    return new Workbench(engine(), progress, options.parallel(invocation.environment()));
  }

  private static EngineProvider provider(String kind) {
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.kind().equals(kind)) {
        return provider;
      }
    }
    throw new EngineException.Unavailable(
        "this build of jcompose has no engine of kind \"" + kind + "\"");
  }

  @Override
  public synchronized void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
