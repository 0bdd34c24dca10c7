package jcompose.core.planning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jcompose.core.resource.ContainerName;

/// What is to be done, as a graph: each step runs once all it comes after are done.
///
/// @param steps each after all it comes after
/// @param untouched containers that are as they should be
/// @param warnings what the user should know before it is carried out
public record Plan(List<Step> steps, List<ContainerName> untouched, List<String> warnings) {
  public Plan {
    steps = List.copyOf(steps);
    untouched = List.copyOf(untouched);
    warnings = List.copyOf(warnings);
  }

  /// One operation at its place.
  ///
  /// @param number from 1, in the order of the plan
  /// @param after numbers of smaller steps
  public record Step(int number, Operation operation, SequencedSet<Integer> after) {}

  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /// The plan as text, one line a step: `#4 start shop-web-1 dependency is ready after #2, #3`.
  public String describe() {
    int numbers = Integer.toString(steps.size()).length() + 1;
    List<Wording> words = steps.stream().map(it -> Wording.of(it.operation())).toList();
    int verbs = words.stream().mapToInt(it -> it.verb().length()).max().orElse(0);
    int objects = words.stream().mapToInt(it -> it.object().length()).max().orElse(0);
    int reasons =
        steps.stream().mapToInt(it -> it.operation().reason().text().length()).max().orElse(0);
    var out = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String after =
          step.after().stream().map(it -> "#" + it).collect(Collectors.joining(", ", "after ", ""));
      String line =
          pad("#" + step.number(), numbers)
              + " "
              + pad(words.get(i).verb(), verbs)
              + " "
              + pad(words.get(i).object(), objects)
              + "  "
              + pad(step.operation().reason().text(), reasons)
              + (step.after().isEmpty() ? "" : "  " + after);
      out.append(line.stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /// Gathers steps; a step can only come after steps that are there, so there is never a cycle.
  public static final class Builder {
    private final List<Step> steps = new ArrayList<>();
    private final List<ContainerName> untouched = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /// @return the new step's number
    public int add(Operation operation, Collection<Integer> after) {
      int number = steps.size() + 1;
      for (int earlier : after) {
        if (earlier >= number) {
          throw new IllegalArgumentException("step " + number + " cannot come after " + earlier);
        }
      }
      steps.add(new Step(number, operation, new LinkedHashSet<>(new TreeSet<>(after))));
      return number;
    }

    public void untouched(ContainerName name) {
      untouched.add(name);
    }

    public void warn(String warning) {
      warnings.add(warning);
    }

    public Plan build() {
      return new Plan(steps, untouched, warnings);
    }
  }
}
