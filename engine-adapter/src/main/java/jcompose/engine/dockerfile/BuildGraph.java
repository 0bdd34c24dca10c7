package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import jcompose.core.source.SourceRange;
import jcompose.engine.dockerfile.Instruction.Arg;
import jcompose.engine.dockerfile.Instruction.From;

/// The stages of a Dockerfile and which of them a target needs.
///
/// @param globals the ARGs before the first FROM
/// @param stages all, in the order of the file; a stage's index is its place
/// @param target the stage to build
/// @param needed the target and what it takes files from, by index
public record BuildGraph(
    Dockerfile dockerfile,
    List<Arg> globals,
    List<Stage> stages,
    Stage target,
    SortedSet<Integer> needed) {
  public BuildGraph {
    globals = List.copyOf(globals);
    stages = List.copyOf(stages);
  }

  /// @param instructions without the FROM
  /// @param after the stages it needs itself, by index
  public record Stage(
      int index, From from, Base base, List<Instruction> instructions, Set<Integer> after) {
    public Stage {
      instructions = List.copyOf(instructions);
      after = Set.copyOf(after);
    }

    /// Its name, or its number when it has none.
    public String name() {
      return from.name().orElse(Integer.toString(index));
    }
  }

  /// What a stage starts from.
  public sealed interface Base {
    /// No file at all.
    record Scratch() implements Base {}

    record OfStage(int index) implements Base {}

    /// An image, or a named context of the build.
    ///
    /// @param platform with variables replaced
    record OfImage(String reference, Optional<String> platform) implements Base {}
  }

  /// @param target name or number of a stage; absent for the last
  /// @param variables what FROM lines may use besides the ARGs before them: `TARGETPLATFORM` and
  ///   its like
  /// @param overrides `--build-arg`
  /// @throws DockerfileException when a FROM is wrong
  /// @throws IllegalArgumentException when there is no such target
  public static BuildGraph of(
      Dockerfile dockerfile,
      Optional<String> target,
      Map<String, String> variables,
      Map<String, String> overrides) {
    return new GraphBuilder(dockerfile, variables, overrides).build(target);
  }

  /// The stage before `before` that a `--from` names, if it names one and not an image.
  public Optional<Stage> stage(String from, int before) {
    return find(stages, from, before);
  }

  private static Optional<Stage> find(List<Stage> stages, String from, int before) {
    Optional<Stage> found = Optional.empty();
    for (Stage stage : stages.subList(0, Math.min(before, stages.size()))) {
      if (stage.from().name().filter(from::equalsIgnoreCase).isPresent()
          || from.equals(Integer.toString(stage.index()))) {
        found = Optional.of(stage);
      }
    }
    return found;
  }

  /// One line a stage that is needed, for tests and debugging: `#1 app FROM #0 after #0`.
  public String describe() {
    var out = new StringBuilder();
    for (int index : needed) {
      Stage stage = stages.get(index);
      out.append('#').append(index);
      stage.from().name().ifPresent(it -> out.append(' ').append(it));
      out.append(" FROM ")
          .append(
              switch (stage.base()) {
                case Base.Scratch _ -> "scratch";
                case Base.OfStage(int base) -> "#" + base;
                case Base.OfImage(String reference, Optional<String> platform) ->
                    reference + platform.map(it -> " on " + it).orElse("");
              });
      if (!stage.after().isEmpty()) {
        out.append(" after");
        stage.after().stream().sorted().forEach(it -> out.append(" #").append(it));
      }
      out.append(", ").append(stage.instructions().size()).append(" instructions\n");
    }
    return out.toString();
  }

  private static final class GraphBuilder {
    private final Dockerfile dockerfile;
    private final Map<String, String> values;
    private final Map<String, String> overrides;
    private final List<Arg> globals = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();

    GraphBuilder(
        Dockerfile dockerfile, Map<String, String> variables, Map<String, String> overrides) {
      this.dockerfile = dockerfile;
      this.values = new HashMap<>(variables);
      this.overrides = overrides;
    }

    BuildGraph build(Optional<String> target) {
      int at = 0;
      List<Instruction> all = dockerfile.instructions();
      while (at < all.size()) {
        switch (all.get(at)) {
          case Arg arg when stages.isEmpty() -> {
            globals.add(arg);
            declare(arg);
            at++;
          }
          case From from -> {
            int end = at + 1;
            while (end < all.size() && !(all.get(end) instanceof From)) {
              end++;
            }
            stages.add(stage(from, all.subList(at + 1, end)));
            at = end;
          }
          default -> throw new IllegalStateException("the parser lets only ARG precede FROM");
        }
      }
      Stage wanted = target.filter(it -> !it.isEmpty()).map(this::target).orElse(stages.getLast());
      return new BuildGraph(dockerfile, globals, stages, wanted, closure(wanted.index()));
    }

    private Stage target(String name) {
      return find(stages, name, stages.size())
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "target stage \""
                          + name
                          + "\" could not be found"
                          + Spelling.hint(
                                  name,
                                  stages.stream().flatMap(it -> it.from().name().stream()).toList())
                              .map(it -> " (did you mean " + it + "?)")
                              .orElse("")));
    }

    private void declare(Arg arg) {
      for (Arg.Definition definition : arg.definitions()) {
        Optional<String> value =
            Optional.ofNullable(overrides.get(definition.name()))
                .or(() -> definition.value().map(it -> expand(it, arg.origin().range())));
        value.ifPresent(it -> values.put(definition.name(), it));
      }
    }

    private String expand(String word, SourceRange range) {
      Function<String, Optional<String>> lookup = name -> Optional.ofNullable(values.get(name));
      try {
        return new WordExpansion(dockerfile.escape(), lookup).expand(word);
      } catch (IllegalArgumentException e) {
        throw new DockerfileException(
            "invalid-expansion", range, "failed to process \"" + word + "\": " + e.getMessage());
      }
    }

    private Stage stage(From from, List<Instruction> instructions) {
      SourceRange range = from.origin().range();
      String image = expand(from.image(), range);
      if (image.isBlank()) {
        throw new DockerfileException(
            "empty-base",
            range,
            "base name (" + from.image() + ") should not be blank",
            "declare the ARG before the first FROM with a default, or pass --build-arg");
      }
      Optional<String> platform =
          from.platform().map(it -> expand(it, range)).filter(it -> !it.isEmpty());
      Optional<Stage> earlier =
          stages.reversed().stream()
              .filter(it -> it.from().name().filter(image::equalsIgnoreCase).isPresent())
              .findFirst();
      Base base =
          earlier
              .<Base>map(it -> new Base.OfStage(it.index()))
              .orElseGet(
                  () ->
                      image.equals("scratch")
                          ? new Base.Scratch()
                          : new Base.OfImage(image, platform));
      var after = new LinkedHashSet<Integer>();
      if (base instanceof Base.OfStage(int index)) {
        after.add(index);
        for (Instruction inherited : stages.get(index).instructions()) {
          if (inherited instanceof Instruction.Onbuild onbuild) {
            addSources(DockerfileParser.parseTrigger(image, onbuild.trigger()), after);
          }
        }
      }
      instructions.forEach(it -> addSources(it, after));
      return new Stage(stages.size(), from, base, instructions, after);
    }

    private void addSources(Instruction instruction, Set<Integer> after) {
      List<String> names =
          switch (instruction) {
            case Instruction.Copy copy -> copy.from().stream().toList();
            case Instruction.Run run -> RunMount.sources(run.mounts());
            default -> List.of();
          };
      for (String name : names) {
        find(stages, name, stages.size()).ifPresent(it -> after.add(it.index()));
      }
    }

    private SortedSet<Integer> closure(int wanted) {
      var needed = new TreeSet<Integer>();
      var open = new ArrayList<Integer>(List.of(wanted));
      while (!open.isEmpty()) {
        int index = open.removeLast();
        if (needed.add(index)) {
          open.addAll(stages.get(index).after());
        }
      }
      return needed;
    }
  }
}
