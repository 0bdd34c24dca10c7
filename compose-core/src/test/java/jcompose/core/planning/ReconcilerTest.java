package jcompose.core.planning;

import static jcompose.core.model.Dependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY;
import static jcompose.core.model.Dependency.Condition.SERVICE_HEALTHY;
import static jcompose.core.model.Dependency.Condition.SERVICE_STARTED;
import static jcompose.core.planning.ObservedStates.observed;
import static jcompose.core.planning.Projects.dependsOn;
import static jcompose.core.planning.Projects.healthcheck;
import static jcompose.core.planning.Projects.networkMode;
import static jcompose.core.planning.Projects.project;
import static jcompose.core.planning.Projects.scale;
import static jcompose.core.planning.Projects.service;
import static jcompose.core.planning.Projects.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.conversion.OneOff;
import jcompose.core.model.Project;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.MountSpec;
import org.junit.jupiter.api.Test;

final class ReconcilerTest {
  private static String plan(Project project, ObservedStates observed) {
    return plan(project, observed.state(), UpOptions.of(project.services().keySet()));
  }

  private static String plan(Project project, ObservedState observed, UpOptions options) {
    return Reconciler.plan(project, observed, options).describe();
  }

  @Test
  void all_is_created_before_anything_starts_and_starts_in_order() {
    var project =
        project(
            "shop",
            service(
                "web",
                dependsOn("db", SERVICE_HEALTHY),
                dependsOn("setup", SERVICE_COMPLETED_SUCCESSFULLY)),
            service("db", healthcheck(), volume("data", "/var/data")),
            service("setup"));
    assertThat(plan(project, observed(project)))
        .isEqualTo(
            """
            #1  create network shop_default    missing
            #2  create volume shop_data        missing
            #3  create shop-db-1               missing                after #1, #2
            #4  create shop-setup-1            missing                after #1, #2
            #5  create shop-web-1              missing                after #1, #2
            #6  await  all created             nothing starts before  after #1, #2, #3, #4, #5
            #7  start  shop-db-1               created                after #3, #6
            #8  start  shop-setup-1            created                after #4, #6
            #9  await  shop-db-1 healthy       web depends on it      after #7
            #10 await  shop-setup-1 completed  web depends on it      after #8
            #11 start  shop-web-1              created                after #5, #6, #9, #10
            """);
  }

  @Test
  void what_is_as_it_should_be_is_left_alone() {
    var project = project("shop", service("web", dependsOn("db", SERVICE_STARTED)), service("db"));
    var observed = observed(project).network("default").running("web", 1).running("db", 1);
    Plan plan =
        Reconciler.plan(project, observed.state(), UpOptions.of(project.services().keySet()));
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.untouched()).hasSize(2);
  }

  @Test
  void a_changed_service_is_replaced_beside_the_old_one_and_its_anonymous_volume_moves() {
    var project = project("shop", service("web"));
    var observed = observed(project).network("default").stale("web", 1);
    Plan plan = Reconciler.plan(project, observed.state(), UpOptions.of(Set.of("web")));
    assertThat(plan.describe())
        .isEqualTo(
            """
            #1 create 000000abc000_shop-web-1  configuration changed
            #2 stop   shop-web-1               configuration changed  after #1
            #3 remove shop-web-1               configuration changed  after #2
            #4 rename to shop-web-1            configuration changed  after #3
            #5 start  shop-web-1               configuration changed  after #1, #4
            """);
    var create = (Operation.CreateContainer) plan.steps().getFirst().operation();
    assertThat(create.spec().mounts())
        .singleElement()
        .isInstanceOfSatisfying(
            MountSpec.Volume.class,
            it -> {
              assertThat(it.name()).contains("a".repeat(64));
              assertThat(it.target()).isEqualTo("/anonymous");
            });
    assertThat(create.spec().labels())
        .containsEntry(ComposeLabels.REPLACE, observed.state().replicas().getFirst().id().value());
  }

  @Test
  void a_moved_tag_replaces_containers_though_nothing_else_changed() {
    var project = project("shop", service("web"));
    var observed = observed(project).network("default").running("web", 1).state();
    var moved =
        observed.withImages(
            Map.of("busybox", ObservedStates.image(new ImageId("sha256:" + "2".repeat(64)))));
    assertThat(plan(project, moved, UpOptions.of(Set.of("web"))))
        .startsWith("#1 create 000000abc000_shop-web-1  image changed");
  }

  @Test
  void plain_dependants_of_what_is_replaced_are_left_and_those_with_restart_are_not() {
    var project =
        project(
            "shop",
            service("db"),
            service("plain", dependsOn("db", SERVICE_STARTED)),
            service("web", dependsOn("db", SERVICE_STARTED, true)));
    var observed =
        observed(project).network("default").stale("db", 1).running("plain", 1).running("web", 1);
    assertThat(plan(project, observed))
        .isEqualTo(
            """
            #1 create 000000abc000_shop-db-1  configuration changed
            #2 stop   shop-web-1              db is replaced         after #1
            #3 stop   shop-db-1               configuration changed  after #1, #2
            #4 remove shop-db-1               configuration changed  after #3
            #5 rename to shop-db-1            configuration changed  after #4
            #6 start  shop-db-1               configuration changed  after #1, #5
            #7 start  shop-web-1              db is replaced         after #1, #2, #6
            """);
  }

  @Test
  void who_shares_a_namespace_with_what_is_replaced_is_replaced_too() {
    var project = project("shop", service("db"), service("probe", networkMode("service:db")));
    var observed = observed(project).network("default").stale("db", 1).running("probe", 1);
    assertThat(plan(project, observed))
        .contains(
            "create 000000abc001_shop-probe-1  shares a namespace or volumes with db, which is"
                + " replaced  after #1");
  }

  @Test
  void scaling_up_counts_on_and_scaling_down_takes_the_highest() {
    var more = project("shop", service("web", scale(3)));
    assertThat(plan(more, observed(more).network("default").running("web", 2)))
        .isEqualTo(
            """
            #1 create shop-web-3   missing
            #2 create shop-web-4   missing
            #3 await  all created  nothing starts before  after #1, #2
            #4 start  shop-web-3   created                after #1, #3
            #5 start  shop-web-4   created                after #2, #3
            """);
    var less = project("shop", service("web", scale(1)));
    assertThat(plan(less, observed(less).network("default").running("web", 1).running("web", 2)))
        .isEqualTo(
            """
            #1 stop   shop-web-2  scaled to 1 replica
            #2 remove shop-web-2  scaled to 1 replica  after #1
            """);
  }

  @Test
  void outdated_replicas_go_first_when_scaling_down() {
    var project = project("shop", service("web", scale(1)));
    assertThat(
            plan(project, observed(project).network("default").stale("web", 1).running("web", 2)))
        .isEqualTo(
            """
            #1 stop   shop-web-1  scaled to 1 replica
            #2 remove shop-web-1  scaled to 1 replica  after #1
            """);
  }

  @Test
  void a_completed_dependency_runs_again_and_its_running_dependant_is_left() {
    var project =
        project(
            "shop",
            service("web", dependsOn("setup", SERVICE_COMPLETED_SUCCESSFULLY)),
            service("setup"));
    assertThat(
            plan(
                project, observed(project).network("default").running("web", 1).exited("setup", 1)))
        .isEqualTo("#1 start shop-setup-1  ended with 0\n");
  }

  @Test
  void a_run_waits_for_what_its_service_depends_on_and_leaves_replicas_alone() {
    var project =
        project(
            "shop", service("web", dependsOn("db", SERVICE_HEALTHY)), service("db", healthcheck()));
    var observed = observed(project).network("default").running("web", 1).state();
    var run =
        new OneOff(
            "web",
            new ContainerName("shop-web-run-1"),
            "1",
            Optional.empty(),
            List.of("sh"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false,
            false,
            true,
            true,
            false);
    assertThat(plan(project, observed, UpOptions.run(run, false)))
        .isEqualTo(
            """
            #1 create shop-db-1          missing
            #2 create shop-web-run-1     run
            #3 await  all created        nothing starts before  after #1, #2
            #4 start  shop-db-1          created                after #1, #3
            #5 await  shop-db-1 healthy  web depends on it      after #4
            """);
  }

  @Test
  void orphans_are_named_or_removed() {
    var project = project("shop", service("web"));
    var observed = observed(project).network("default").running("web", 1).running("old", 1).state();
    Plan named = Reconciler.plan(project, observed, UpOptions.of(Set.of("web")));
    assertThat(named.steps()).isEmpty();
    assertThat(named.warnings())
        .singleElement()
        .asString()
        .startsWith("Found orphan containers ([shop-old-1]) for this project.");
    var remove =
        new UpOptions(
            Set.of("web"),
            UpOptions.Recreate.CHANGED,
            UpOptions.Recreate.CHANGED,
            Map.of(),
            true,
            false,
            Optional.empty(),
            true,
            false,
            Optional.empty());
    assertThat(plan(project, observed, remove))
        .isEqualTo(
            """
            #1 stop   shop-old-1  in no compose file
            #2 remove shop-old-1  in no compose file  after #1
            """);
  }

  @Test
  void what_an_interrupted_replacement_left_is_taken_away_or_completed() {
    var project = project("shop", service("web"));
    String old = "000000abc000" + "0".repeat(52);
    assertThat(
            plan(
                project,
                observed(project)
                    .network("default")
                    .running("web", 1)
                    .container(
                        "web", 1, ContainerState.CREATED, Map.of(ComposeLabels.REPLACE, old))))
        .isEqualTo("#1 remove 000000abc000_shop-web-1  left by an interrupted replacement\n");
    String gone = "9".repeat(64);
    assertThat(
            plan(
                project,
                observed(project)
                    .network("default")
                    .container(
                        "web", 1, ContainerState.CREATED, Map.of(ComposeLabels.REPLACE, gone))))
        .isEqualTo(
            """
            #1 rename to shop-web-1  left by an interrupted replacement
            #2 start  shop-web-1     was never started                   after #1
            """);
  }

  @Test
  void a_cycle_is_refused_with_its_services() {
    var project =
        project(
            "shop",
            service("a", dependsOn("b", SERVICE_STARTED)),
            service("b", dependsOn("a", SERVICE_STARTED)));
    assertThatThrownBy(() -> plan(project, observed(project)))
        .isInstanceOf(PlanRefused.class)
        .hasMessage("dependency cycle detected: a -> b -> a");
  }

  @Test
  void down_stops_dependants_first_and_removes_networks_last() {
    var project =
        project(
            "shop",
            service("web", dependsOn("db", SERVICE_STARTED)),
            service("db", volume("data", "/data")));
    var observed =
        observed(project)
            .network("default")
            .volume("data")
            .running("web", 1)
            .running("db", 1)
            .running("old", 1);
    var options =
        new DownPlanner.Options(
            Set.of(), false, false, true, DownPlanner.Images.NONE, Optional.empty());
    assertThat(DownPlanner.plan(project, observed.state(), options, List.of()).describe())
        .isEqualTo(
            """
            #1 stop   shop-web-1            down
            #2 remove shop-web-1            down            after #1
            #3 stop   shop-db-1             down            after #1
            #4 remove shop-db-1             down            after #3
            #5 remove network shop_default  down            after #2, #4
            #6 remove volume shop_data      down --volumes  after #2, #4
            """);
  }
}
