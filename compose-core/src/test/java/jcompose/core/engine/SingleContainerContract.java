package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.FileChange;
import jcompose.core.resource.ResourceLimits;
import jcompose.core.resource.WaitCondition;
import org.junit.jupiter.api.Test;

/// What containers are handled with one by one, and projects are not.
public interface SingleContainerContract extends ContractScene {
  @Test
  default void a_container_without_a_name_gets_one() {
    ContainerId id = engine().containers().create(sleeper().build());
    assertThat(summary(id).name().value()).matches("\\w+_\\w+");
  }

  @Test
  default void another_signal_stops() {
    ContainerId id = startUp(shell("trap 'exit 5' USR1; echo up; sleep 1000 & wait"));
    engine().containers().stop(id, Optional.of("SIGUSR1"), Optional.of(Duration.ofSeconds(20)));
    assertThat(engine().containers().inspect(id).exitCode()).contains(new ExitCode(5));
  }

  @Test
  default void a_removal_is_waited_for() {
    ContainerId id = start(sleeper());
    var exit = engine().containers().exit(id, WaitCondition.REMOVED);
    assertThat(exit).isNotDone();
    engine().containers().remove(id, true, true);
    assertThat(exit.join()).isEqualTo(new ExitCode(137));
  }

  @Test
  default void limits_change_while_it_runs() {
    ContainerId id = start(sleeper());
    var limits =
        new ResourceLimits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(77L),
            Optional.empty(),
            List.of());
    engine().containers().update(id, limits, Optional.empty());
    String files = "/sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max"; // v2 and v1
    assertThat(exec(id, "sh", "-c", "cat " + files).stdout()).isEqualTo("77\n");
  }

  @Test
  default void changes_are_told_with_their_folders() {
    ContainerId id = run(shell("mkdir /new; echo x > /new/file"));
    assertThat(engine().containers().changes(id))
        .containsSubsequence(
            new FileChange(FileChange.Kind.ADDED, "/new"),
            new FileChange(FileChange.Kind.ADDED, "/new/file"));
  }

  @Test
  default void processes_are_listed_as_ps_is_told() {
    ContainerId id = start(sleeper());
    var list = engine().containers().processes(id, List.of("-o", "pid,comm"));
    assertThat(list.titles()).containsExactly("PID", "COMMAND");
    assertThat(list.rows()).isNotEmpty();
    engine().containers().remove(id, true, true);
    assertThatThrownBy(() -> engine().containers().processes(id, List.of()))
        .isInstanceOf(EngineException.NotFound.class);
  }
}
