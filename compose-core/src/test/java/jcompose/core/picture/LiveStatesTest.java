package jcompose.core.picture;

import static jcompose.core.planning.Projects.dependsOn;
import static jcompose.core.planning.Projects.networkMode;
import static jcompose.core.planning.Projects.project;
import static jcompose.core.planning.Projects.scale;
import static jcompose.core.planning.Projects.service;
import static jcompose.core.planning.Projects.volume;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.model.Dependency.Condition;
import jcompose.core.picture.Picture.Arrow;
import jcompose.core.picture.Picture.Box;
import jcompose.core.planning.ObservedState;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.HealthState;
import jcompose.core.resource.ImageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiveStatesTest {
  @ParameterizedTest
  @CsvSource({
    "1, '', MISSING, missing",
    "0, '', DONE, none wanted",
    "1, running, RUNNING, running",
    "1, running/healthy, HEALTHY, healthy",
    "1, running/unhealthy, FAILED, unhealthy",
    "1, running/starting, WAITING, starting",
    "1, exited/0, DONE, exited (0)",
    "1, exited/3, FAILED, exited (3)",
    "3, running running running, RUNNING, running ×3",
    "3, running, WAITING, running 1/3",
    "2, running exited/1, FAILED, exited (1) 1/2",
    "2, running paused, WAITING, paused 1/2",
    "1, running running, RUNNING, running 2/2"
  })
  void the_worst_replica_speaks(int wanted, String containers, String mood, String text) {
    var project = project("shop", service("web", scale(wanted)));
    var replicas = new ArrayList<Replica>();
    for (String it : containers.split(" ", -1)) {
      if (!it.isEmpty()) {
        replicas.add(replica(it, replicas.size() + 1));
      }
    }

    var live =
        LiveStates.of(project, new ObservedState(replicas, List.of(), List.of(), Map.of()))
            .get("web");

    assertThat(String.valueOf(live)).isEqualTo("Live[mood=%s, text=%s]".formatted(mood, text));
  }

  @Test
  void services_stand_in_waves_after_all_they_wait_for() {
    var project =
        project(
            "shop",
            service("proxy", dependsOn("web", Condition.SERVICE_STARTED)),
            service("web", dependsOn("db", Condition.SERVICE_HEALTHY, true)),
            service("db", volume("data", "/data")),
            service("host", networkMode("host")));

    Picture picture = ProjectPicture.of(project);

    assertThat(picture.services())
        .extracting(Box::name, Box::wave, Box::networks, Box::volumes)
        .map(Object::toString)
        .containsExactly(
            "(\"proxy\", 3, [], [])",
            "(\"web\", 2, [], [])",
            "(\"db\", 1, [], [\"data\"])",
            "(\"host\", 1, [\"host\"], [])");
    assertThat(picture.arrows())
        .containsExactly(
            new Arrow("web", "proxy", Condition.SERVICE_STARTED, true, false),
            new Arrow("db", "web", Condition.SERVICE_HEALTHY, true, true));
  }

  private static Replica replica(String text, int number) {
    String[] parts = text.split("/", -1);
    var state = ContainerState.of(parts[0]);
    boolean ended = state == ContainerState.EXITED;
    return new Replica(
        new ContainerSummary(
            new ContainerId("a".repeat(63) + number),
            new ContainerName("shop-web-" + number),
            "busybox",
            new ImageId("sha256:" + "1".repeat(64)),
            "",
            Instant.EPOCH,
            state,
            "",
            parts.length > 1 && !ended
                ? HealthState.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT))
                : HealthState.NONE,
            ended ? Optional.of(new ExitCode(Integer.parseInt(parts[1]))) : Optional.empty(),
            Map.of(
                ComposeLabels.SERVICE,
                "web",
                ComposeLabels.CONTAINER_NUMBER,
                Integer.toString(number)),
            List.of(),
            List.of(),
            List.of()));
  }
}
