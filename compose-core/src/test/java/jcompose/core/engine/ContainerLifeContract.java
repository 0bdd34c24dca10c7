package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ExitCode;
import org.junit.jupiter.api.Test;

/// The states of a container and the calls that change them. Nothing here looks into a running
/// process, so that a fake engine can keep it too.
public interface ContainerLifeContract extends ContractScene {
  @Test
  default void a_created_container_has_not_run() {
    ContainerId id = create(sleeper());
    assertThat(summary(id).state()).isEqualTo(ContainerState.CREATED);
    assertThat(summary(id).image()).isEqualTo(ContractImage.NAME);
    assertThat(engine().containers().inspect(id).state()).isEqualTo(ContainerState.CREATED);
    assertThat(engine().containers().inspect(id).startedAt()).isEmpty();
  }

  @Test
  default void a_started_container_runs_and_starting_it_again_changes_nothing() {
    ContainerId id = start(sleeper());
    var first = engine().containers().inspect(id);
    assertThat(first.state()).isEqualTo(ContainerState.RUNNING);
    assertThat(first.startedAt()).isPresent();
    engine().containers().start(id);
    assertThat(engine().containers().inspect(id).startedAt()).isEqualTo(first.startedAt());
    assertThat(summary(id).status()).startsWith("Up ");
  }

  @Test
  default void waiting_gives_the_exit_code() {
    assertThat(engine().containers().waitForExit(start(shell("exit 0"))))
        .isEqualTo(new ExitCode(0));
    ContainerId id = start(shell("exit 3"));
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(3));
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(3));
    assertThat(summary(id).state()).isEqualTo(ContainerState.EXITED);
    assertThat(summary(id).exitCode()).contains(new ExitCode(3));
    assertThat(summary(id).status()).startsWith("Exited (3) ");
    assertThat(engine().containers().inspect(id).exitCode()).contains(new ExitCode(3));
    assertThat(engine().containers().inspect(id).finishedAt()).isPresent();
  }

  @Test
  default void an_exited_container_starts_again() {
    ContainerId id = run(shell("exit 4"));
    engine().containers().start(id);
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(4));
  }

  @Test
  default void stopping_twice_gives_the_same_exit_code() {
    ContainerId id = startUp(sleeper());
    engine().containers().stop(id, Optional.of(Duration.ofSeconds(10)));
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(143));
    assertThat(summary(id).state()).isEqualTo(ContainerState.EXITED);
    engine().containers().stop(id, Optional.of(Duration.ofSeconds(10)));
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(143));
  }

  @Test
  default void stopping_without_grace_kills() {
    ContainerId id = startUp(shell("trap '' TERM; echo up; sleep 1000"));
    engine().containers().stop(id, Optional.of(Duration.ZERO));
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(137));
  }

  @Test
  default void a_kill_ends_a_running_container_and_is_refused_for_another() {
    ContainerId id = start(sleeper());
    engine().containers().kill(id, "SIGKILL");
    assertThat(engine().containers().waitForExit(id)).isEqualTo(new ExitCode(137));
    assertThatThrownBy(() -> engine().containers().kill(id, "SIGKILL"))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("is not running");
  }

  @Test
  default void a_restart_starts_a_container_whether_it_runs_or_not() {
    ContainerId id = start(sleeper());
    var first = engine().containers().inspect(id).startedAt();
    engine().containers().restart(id, Optional.of(Duration.ZERO));
    assertThat(engine().containers().inspect(id).state()).isEqualTo(ContainerState.RUNNING);
    assertThat(engine().containers().inspect(id).startedAt()).isNotEqualTo(first);
    engine().containers().stop(id, Optional.of(Duration.ZERO));
    engine().containers().restart(id, Optional.empty());
    assertThat(engine().containers().inspect(id).state()).isEqualTo(ContainerState.RUNNING);
  }

  @Test
  default void a_paused_container_is_paused_until_it_is_not() {
    ContainerId id = start(sleeper());
    engine().containers().pause(id);
    assertThat(summary(id).state()).isEqualTo(ContainerState.PAUSED);
    assertThatThrownBy(() -> engine().containers().pause(id))
        .isInstanceOf(EngineException.Conflict.class);
    engine().containers().unpause(id);
    assertThat(summary(id).state()).isEqualTo(ContainerState.RUNNING);
    assertThatThrownBy(() -> engine().containers().unpause(id))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("is not paused");
  }

  @Test
  default void a_name_is_taken_once() {
    var name = new ContainerName(freshName());
    ContainerSpec spec = sleeper().build();
    engine().containers().create(name, spec);
    assertThatThrownBy(() -> engine().containers().create(name, spec))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("is already in use");
  }

  @Test
  default void a_missing_image_is_named() {
    ContainerSpec spec =
        ContainerSpec.of("jcompose-contract-missing:7").labels(LABELS).command("true").build();
    assertThatThrownBy(() -> engine().containers().create(new ContainerName(freshName()), spec))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessageContaining("jcompose-contract-missing:7");
  }

  @Test
  default void a_running_container_is_removed_only_by_force() {
    ContainerId id = start(sleeper());
    assertThatThrownBy(() -> engine().containers().remove(id, false, false))
        .isInstanceOf(EngineException.Conflict.class);
    engine().containers().remove(id, true, false);
    assertThat(engine().containers().list(LABEL_FILTER)).isEmpty();
    assertThatThrownBy(() -> engine().containers().inspect(id))
        .isInstanceOf(EngineException.NotFound.class);
  }

  @Test
  default void a_stopped_container_is_removed_and_its_name_is_free() {
    var name = new ContainerName(freshName());
    ContainerId id = engine().containers().create(name, shell("exit 0").build());
    engine().containers().remove(id, false, true);
    ContainerId second = engine().containers().create(name, shell("exit 0").build());
    assertThat(second).isNotEqualTo(id);
  }

  @Test
  default void a_renamed_container_keeps_its_id() {
    var taken = new ContainerName(freshName());
    engine().containers().create(taken, sleeper().build());
    ContainerId id = create(sleeper());
    var fresh = new ContainerName(freshName());
    engine().containers().rename(id, fresh);
    assertThat(summary(id).name()).isEqualTo(fresh);
    assertThat(engine().containers().inspect(id).name()).isEqualTo(fresh);
    assertThatThrownBy(() -> engine().containers().rename(id, taken))
        .isInstanceOf(EngineException.Conflict.class);
  }

  @Test
  default void a_list_holds_what_carries_every_label() {
    ContainerId first = create(sleeper().labels(labels("tier", "front")));
    ContainerId second = create(sleeper().labels(labels("tier", "back")));
    create(sleeper());
    assertThat(ids(List.of("jcompose.contract=" + RUN, "tier")))
        .containsExactlyInAnyOrder(first, second);
    assertThat(ids(List.of("jcompose.contract=" + RUN, "tier=back"))).containsExactly(second);
    assertThat(ids(List.of("jcompose.contract=" + RUN, "tier=side"))).isEmpty();
    assertThat(summary(first).labels()).containsEntry("tier", "front");
  }

  @Test
  default void a_container_may_remove_itself() {
    ContainerId id = create(shell("exit 0").removeWhenExited(true));
    engine().containers().start(id);
    await("it is gone", () -> engine().containers().list(LABEL_FILTER).isEmpty());
  }

  @Test
  default void no_call_finds_a_container_that_is_not_there() {
    var id = new ContainerId("0123456789abcdef".repeat(4));
    Containers all = engine().containers();
    Map<String, Runnable> calls =
        Map.ofEntries(
            Map.entry("inspect", () -> all.inspect(id)),
            Map.entry("start", () -> all.start(id)),
            Map.entry("stop", () -> all.stop(id, Optional.empty())),
            Map.entry("kill", () -> all.kill(id, "SIGKILL")),
            Map.entry("restart", () -> all.restart(id, Optional.empty())),
            Map.entry("pause", () -> all.pause(id)),
            Map.entry("unpause", () -> all.unpause(id)),
            Map.entry("rename", () -> all.rename(id, new ContainerName(freshName()))),
            Map.entry("remove", () -> all.remove(id, true, true)),
            Map.entry("wait", () -> all.waitForExit(id)),
            Map.entry("logs", () -> logs(id, LogRequest.ALL)),
            Map.entry("exec", () -> exec(id, "true")));
    calls.forEach(
        (name, call) ->
            assertThatThrownBy(call::run)
                .as(name)
                .isInstanceOf(EngineException.NotFound.class)
                .hasMessageContaining("No such container"));
  }

  private List<ContainerId> ids(List<String> labels) {
    return engine().containers().list(labels).stream().map(it -> it.id()).toList();
  }

  private static Map<String, String> labels(String name, String value) {
    return Map.of("jcompose.contract", RUN, name, value);
  }
}
