package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import jcompose.core.resource.ContainerId;
import org.junit.jupiter.api.Test;

/// Events that the engine remembers.
public interface EventHistoryContract extends ContractScene {
  @Test
  default void what_happened_between_two_times_can_be_read_later() {
    Instant begin = Instant.now();
    ContainerId id = run(shell("exit 4"));
    await("the end is told", () -> actions(begin, Instant.now()).contains("die"));
    assertThat(actions(begin, Instant.now())).containsSubsequence("create", "start", "die");
    Instant end = Instant.now();
    engine().containers().remove(id, false, false);
    assertThat(actions(begin, end)).contains("die").doesNotContain("destroy");
  }

  @Test
  default void reading_goes_on_until_its_end() throws InterruptedException {
    var events = new CopyOnWriteArrayList<EngineEvent>();
    Instant end = Instant.now().plusSeconds(2);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () ->
                    engine()
                        .events()
                        .read(LABEL_FILTER, Optional.empty(), Optional.of(end), events::add));
    await(
        "an event",
        () -> {
          create(spec("true"));
          return !events.isEmpty();
        });
    assertThat(reader.join(java.time.Duration.ofSeconds(20))).isTrue();
  }

  private List<String> actions(Instant since, Instant until) {
    var events = new ArrayList<EngineEvent>();
    engine().events().read(LABEL_FILTER, Optional.of(since), Optional.of(until), events::add);
    return events.stream().map(EngineEvent::action).toList();
  }
}
