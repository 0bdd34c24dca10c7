package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import jcompose.core.resource.ContainerId;
import org.junit.jupiter.api.Test;

/// Events; a fake engine can keep these too.
public interface EventContract extends ContractScene {
  @Test
  default void a_containers_life_is_told_in_order() {
    var events = new CopyOnWriteArrayList<EngineEvent>();
    try (var _ = engine().events().subscribe(LABEL_FILTER, events::add)) {
      ContainerId id = run(shell("exit 3"));
      engine().containers().remove(id, false, false);
      await("the last event", () -> actions(events).contains("destroy"));
      assertThat(actions(events)).containsSubsequence("create", "start", "die", "destroy");
      assertThat(events).allMatch(it -> it.actorId().equals(id.value()));
      EngineEvent die =
          events.stream().filter(it -> it.action().equals("die")).findFirst().orElseThrow();
      assertThat(die.type()).isEqualTo("container");
      assertThat(die.attributes())
          .containsEntry("exitCode", "3")
          .containsAllEntriesOf(LABELS)
          .containsKeys("name", "image");
    }
  }

  @Test
  default void a_stop_tells_of_the_end_and_of_the_stop() {
    var events = new CopyOnWriteArrayList<EngineEvent>();
    ContainerId id = startUp(sleeper());
    try (var _ = engine().events().subscribe(LABEL_FILTER, events::add)) {
      engine().containers().stop(id, Optional.empty());
      await("both", () -> actions(events).containsAll(List.of("die", "stop")));
    }
  }

  @Test
  default void a_closed_subscription_hears_no_more() {
    var events = new CopyOnWriteArrayList<EngineEvent>();
    engine().events().subscribe(LABEL_FILTER, events::add).close();
    run(shell("exit 0"));
    assertThat(events).isEmpty();
  }

  @Test
  default void only_events_with_the_labels_are_told() {
    var events = new CopyOnWriteArrayList<EngineEvent>();
    try (var _ = engine().events().subscribe(List.of("jcompose.contract=other"), events::add)) {
      run(shell("exit 0"));
      assertThat(events).isEmpty();
    }
  }

  private static List<String> actions(List<EngineEvent> events) {
    return events.stream().map(EngineEvent::action).toList();
  }
}
