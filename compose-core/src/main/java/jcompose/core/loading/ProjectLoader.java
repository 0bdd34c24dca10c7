package jcompose.core.loading;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.interpolation.Variables;
import jcompose.core.loading.LoadResult.Loaded;
import jcompose.core.loading.LoadResult.Rejected;
import jcompose.core.model.Project;
import jcompose.core.source.Diagnostic;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;

/// Turns compose files into a project. Each phase is a class of its own; here is their order.
public final class ProjectLoader {
  /// Reads what the request names and reports every problem, not the first alone. Never throws for
  /// what a file contains.
  public LoadResult load(LoadRequest request) {
    return switch (resolve(request)) {
      case ResolveResult.Resolved(ResolvedProject resolved, List<Diagnostic> warnings) ->
          new Loaded(resolved.project(), warnings);
      case ResolveResult.Unresolved(var reason, var found) -> new Rejected(reason, found);
    };
  }

  /// The same, with the trees that `config` prints.
  public ResolveResult resolve(LoadRequest request) {
    var problems = new Problems();
    Optional<ResolvedProject> resolved = resolve(request, problems);
    return problems.any() || resolved.isEmpty()
        ? new ResolveResult.Unresolved(problems.reason(), problems.all())
        : new ResolveResult.Resolved(resolved.get(), problems.all());
  }

  private static Optional<ResolvedProject> resolve(LoadRequest request, Problems problems) {
    var texts = new Texts(request.workingDirectory(), request.stdin(), problems);
    var envFiles = new EnvFiles(texts, problems);
    Optional<Located> found = new Locate(request, envFiles, problems).locate();
    if (found.isEmpty() || problems.any()) {
      return Optional.empty();
    }
    Located located = found.get();
    LoadRequest.Options options = request.options();
    Path home =
        Path.of(request.environment().getOrDefault("HOME", System.getProperty("user.home")));
    var layers = new Layers(texts, envFiles, problems, options.interpolate(), home);
    var context = new LoadContext(located.projectDirectory(), located.variables(), List.of());

    String name = new NameFinder(texts, problems).name(located, context);
    context =
        context.with("COMPOSE_PROJECT_NAME", new Variables.Variable(name, "the project's name"));
    YamlMapping merged = layers.merged(located.files(), context);
    if (merged.entries().isEmpty() && !problems.any()) {
      problems.fail(LoadResult.Reason.INVALID, "empty-file", "empty compose file");
    }
    if (merged.entries().isEmpty()) {
      return Optional.empty();
    }
    YamlMapping tree = layers.completed(merged, located.projectDirectory(), options.resolvePaths());
    tree = tree.with("name", jcompose.core.yaml.YamlScalar.string(name, nameOrigin(tree)));
    if (options.normalize()) {
      tree = new ResolveVariables(context.lookup()).apply(new Normalise(name).apply(tree));
      if (options.resolvePaths()) {
        tree = new ResolvePaths(located.projectDirectory(), home).apply(tree);
      }
    }
    tree = new Decode(problems).apply(tree);
    Profiles.Split split = Profiles.split(tree, located.profiles());
    if (options.checkConsistency()) {
      new CheckConsistency(split.enabled(), split.disabled(), problems).check();
    }
    var attach = new AttachFiles(texts, located.projectDirectory(), context.lookup(), problems);
    YamlMapping enabled =
        split
            .enabled()
            .changed(
                "services",
                services ->
                    ((YamlMapping) services).eachValue(it -> attach.service((YamlMapping) it)));
    if (problems.any()) {
      return Optional.empty();
    }
    Map<String, String> environment = new LinkedHashMap<>();
    context.variables().forEach((key, value) -> environment.put(key, value.value()));
    Project project = Bind.project(enabled, split.disabled(), located, name, environment);
    YamlMapping used = UsedResources.of(enabled);
    return Optional.of(
        new ResolvedProject(
            project, PrintedForm.json(used), PrintedForm.yaml(used), used, environment));
  }

  private static jcompose.core.yaml.Origin nameOrigin(YamlMapping tree) {
    YamlEntry entry = tree.entries().get("name");
    YamlNode at = entry == null ? tree : entry.value();
    return entry == null ? at.origin().derived("default") : at.origin();
  }
}
