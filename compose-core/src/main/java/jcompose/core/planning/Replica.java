package jcompose.core.planning;

import java.util.Optional;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;

/// A container of a project, as its labels tell.
public record Replica(ContainerSummary summary) {
  public String service() {
    return label(ComposeLabels.SERVICE).orElse("");
  }

  /// Counted from 1; 0 for a one-off container.
  public int number() {
    try {
      return label(ComposeLabels.CONTAINER_NUMBER).map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException e) {
      return 0; // labels can be written by anyone
    }
  }

  /// Whether `run` made it.
  public boolean oneOff() {
    return label(ComposeLabels.ONE_OFF).filter("True"::equals).isPresent();
  }

  public Optional<String> configHash() {
    return label(ComposeLabels.CONFIG_HASH);
  }

  /// Id of the image it was created from, as far as compose noted it.
  public Optional<String> imageId() {
    return label(ComposeLabels.IMAGE);
  }

  /// The container it was created to replace, while it has not its name yet.
  public Optional<String> replaces() {
    return label(ComposeLabels.REPLACE);
  }

  public ContainerId id() {
    return summary.id();
  }

  /// Whether it runs, if only after a pause or between two tries.
  public boolean running() {
    return switch (summary.state()) {
      case RUNNING, PAUSED, RESTARTING -> true;
      case CREATED, EXITED, DEAD, REMOVING -> false;
    };
  }

  public boolean ended() {
    return summary.state() == ContainerState.EXITED || summary.state() == ContainerState.DEAD;
  }

  private Optional<String> label(String name) {
    return Optional.ofNullable(summary.labels().get(name)).filter(it -> !it.isEmpty());
  }
}
