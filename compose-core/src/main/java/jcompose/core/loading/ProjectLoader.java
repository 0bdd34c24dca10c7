package jcompose.core.loading;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jcompose.core.interpolation.Variables;
import jcompose.core.loading.LoadResult.Loaded;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.loading.LoadResult.Rejected;
import jcompose.core.source.NearMiss;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlScalar;

/// Turns compose files into a project. Each phase is a class of its own; here is their order.
public final class ProjectLoader {
  /// What all phases give.
  private record Outcome(
      Located located,
      String name,
      YamlMapping enabled,
      YamlMapping disabled,
      Map<String, String> environment,
      History history) {}

  /// Reads what the request names and reports every problem, not the first alone. Never throws for
  /// what a file contains.
  public LoadResult load(LoadRequest request) {
    var problems = new Problems();
    Optional<Outcome> outcome = run(request, problems, request.services());
    if (problems.any() || outcome.isEmpty()) {
      return new Rejected(problems.reason(), problems.all());
    }
    Outcome it = outcome.get();
    return new Loaded(
        Bind.project(it.enabled(), it.disabled(), it.located(), it.name(), it.environment()),
        problems.all());
  }

  /// The same as trees, for `config`. Where references are left alone, nothing is left out: all
  /// services and resources are there. As in docker compose, what a service says is not compared
  /// with the rest where only its name on the command line enables it.
  public ResolveResult resolve(LoadRequest request) {
    var problems = new Problems();
    Optional<Outcome> outcome = run(request, problems, List.of());
    if (problems.any() || outcome.isEmpty()) {
      return new ResolveResult.Unresolved(problems.reason(), problems.all());
    }
    Outcome it = outcome.get();
    boolean raw = !request.options().interpolate();
    return new ResolveResult.Resolved(
        new ResolvedProject(
            it.name(),
            raw || request.options().keepUnused()
                ? it.enabled()
                : UsedResources.of(it.enabled(), it.history()),
            it.environment(),
            profiles(it),
            raw,
            it.history()),
        problems.all());
  }

  private static List<String> profiles(Outcome outcome) {
    var names = new TreeSet<String>();
    for (YamlMapping tree : List.of(outcome.enabled(), outcome.disabled())) {
      tree.mapping("services")
          .ifPresent(
              services ->
                  services
                      .entries()
                      .values()
                      .forEach(
                          it ->
                              names.addAll(
                                  CheckConsistency.texts((YamlMapping) it.value(), "profiles"))));
    }
    return List.copyOf(names);
  }

  /// @param checked services that are checked though their profiles are not active
  private static Optional<Outcome> run(
      LoadRequest request, Problems problems, List<String> checked) {
    var texts = new Texts(request.workingDirectory(), request.stdin(), problems);
    var envFiles = new EnvFiles(texts, problems);
    Optional<Located> found = new Locate(request, envFiles, problems).locate();
    if (found.isEmpty() || problems.any()) {
      return Optional.empty();
    }
    Located located = found.get();
    LoadRequest.Options options = request.options();
    Path folder = located.projectDirectory();
    var parsed = new ParsedFiles();
    Path home =
        Path.of(request.environment().getOrDefault("HOME", System.getProperty("user.home")));
    var layers =
        new Layers(
            texts,
            parsed,
            envFiles,
            problems,
            options.interpolate(),
            new Layers.Places(home, options.resolvePaths()));
    var outer = new LoadContext(folder, located.variables(), List.of());

    String name =
        new NameFinder(texts, parsed, problems, options.interpolate()).name(located, outer);
    LoadContext context =
        outer.with("COMPOSE_PROJECT_NAME", new Variables.Variable(name, "the project's name"));
    YamlMapping merged = layers.merged(located.files(), options.overlay(), context);
    if (merged.entries().isEmpty()) {
      if (!problems.any()) {
        problems.fail(Reason.INVALID, "empty-file", "empty compose file");
      }
      return Optional.empty();
    }
    YamlMapping tree =
        options.resolvePaths() ? layers.completed(merged, folder, folder) : layers.checked(merged);
    if (options.interpolate() || options.normalize()) {
      tree = tree.with("name", YamlScalar.string(name, nameOrigin(tree, located)));
    }
    if (options.normalize()) {
      tree =
          new ResolveVariables(filled(context, options))
              .apply(new Normalise(name, options.interpolate()).apply(tree));
      if (options.resolvePaths()) {
        tree = layers.rebased(tree, folder, folder);
      }
    }
    Map<String, String> environment = new LinkedHashMap<>();
    context.variables().forEach((key, value) -> environment.put(key, value.value()));
    if (!options.interpolate()) {
      return Optional.of(
          new Outcome(
              located,
              name,
              tree,
              YamlMapping.empty(tree.origin()),
              environment,
              layers.history()));
    }
    tree = new Decode(problems).apply(tree);
    Profiles.Split split = Profiles.split(tree, located.profiles(), request.services());
    split
        .disabled()
        .mapping("services")
        .ifPresent(
            services -> services.entries().forEach((key, it) -> left(key, it, layers.history())));
    if (options.checkConsistency()) {
      Profiles.Split compared =
          checked.equals(request.services())
              ? split
              : Profiles.split(tree, located.profiles(), checked);
      new CheckConsistency(compared.enabled(), compared.disabled(), problems).check();
    }
    checkNames(request.services(), split, problems);
    YamlMapping enabled = split.enabled();
    if (options.resolveEnvironment()) {
      var attach =
          new AttachFiles(texts, folder, it -> layers.variablesAt(it, context.lookup()), problems);
      enabled =
          enabled.changed(
              "services",
              services ->
                  ((YamlMapping) services).eachValue(it -> attach.service((YamlMapping) it)));
    }
    return Optional.of(
        new Outcome(located, name, enabled, split.disabled(), environment, layers.history()));
  }

  private static void left(String service, YamlEntry entry, History history) {
    history.leftOut(
        YamlPath.ROOT.key("services").key(service),
        entry.keyRange(),
        "none of its profiles is enabled: "
            + String.join(", ", CheckConsistency.texts((YamlMapping) entry.value(), "profiles")));
  }

  /// What values without one get: where references are left alone, no more than the project's name.
  private static Variables filled(LoadContext context, LoadRequest.Options options) {
    return options.interpolate()
        ? context.lookup()
        : name ->
            name.equals("COMPOSE_PROJECT_NAME") ? context.lookup().find(name) : Optional.empty();
  }

  private static void checkNames(List<String> names, Profiles.Split split, Problems problems) {
    var services =
        split.enabled().mapping("services").map(it -> it.entries().keySet()).orElseThrow();
    Set<String> wanted = new LinkedHashSet<>(names);
    if (!problems.any()) {
      wanted.addAll(SelectServices.required(split.enabled(), names));
    }
    for (String name : wanted) {
      if (!services.contains(name)) {
        problems.fail(
            Reason.USAGE,
            "no-such-service",
            "no such service: " + name,
            NearMiss.hint(name, services));
      }
    }
  }

  private static Origin nameOrigin(YamlMapping tree, Located located) {
    YamlNode written = tree.get("name");
    if (located.explicitName().isPresent()) {
      Origin asked = tree.origin().derived("given by " + located.explicitName().get().source());
      return written == null ? asked : asked.replacing(written, Origin.Cause.OWN);
    }
    return written == null
        ? tree.origin().derived("default: the name of the project's folder")
        : written.origin();
  }
}
