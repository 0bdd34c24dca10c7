package jcompose.core.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import jcompose.core.planning.Plan;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;

/// How each step of a plan ended.
///
/// @param created ids of the containers it made, by the names they have now
public record Outcomes(
    SequencedMap<Plan.Step, Outcome> steps, SequencedMap<ContainerName, ContainerId> created) {
  public Outcomes {
    steps = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(steps));
    created = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(created));
  }

  public boolean succeeded() {
    return steps.values().stream().allMatch(Outcome.Done.class::isInstance);
  }

  public boolean cancelled() {
    return steps.values().stream().anyMatch(Outcome.Cancelled.class::isInstance);
  }

  /// What went wrong, in the order of the plan, each sentence once.
  public List<String> failures() {
    return steps.values().stream()
        .filter(Outcome.Failed.class::isInstance)
        .map(it -> ((Outcome.Failed) it).message())
        .distinct()
        .toList();
  }

  /// The first thing that went wrong.
  public Optional<RuntimeException> firstCause() {
    return steps.values().stream()
        .filter(Outcome.Failed.class::isInstance)
        .map(it -> ((Outcome.Failed) it).cause())
        .findFirst();
  }
}
