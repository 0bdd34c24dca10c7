package jcompose.core.usecase;

import static jcompose.core.model.Dependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY;
import static jcompose.core.model.Dependency.Condition.SERVICE_HEALTHY;
import static jcompose.core.model.Dependency.Condition.SERVICE_STARTED;
import static jcompose.core.planning.Projects.command;
import static jcompose.core.planning.Projects.dependsOn;
import static jcompose.core.planning.Projects.healthcheck;
import static jcompose.core.planning.Projects.project;
import static jcompose.core.planning.Projects.scale;
import static jcompose.core.planning.Projects.service;
import static jcompose.core.planning.Projects.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.FakeEngine;
import jcompose.core.engine.FakeEngine.Behaviour;
import jcompose.core.execution.Outcomes;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.observation.Observer;
import jcompose.core.planning.DownPlanner;
import jcompose.core.planning.ImagePlanner;
import jcompose.core.planning.Plan;
import jcompose.core.planning.PlanRefused;
import jcompose.core.planning.Projects;
import jcompose.core.planning.Reconciler;
import jcompose.core.planning.UpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What must hold for any project, on an engine in memory.
@Timeout(60)
final class ConvergenceTest {
  private static final int SEEDS = 60;

  private static Outcomes up(FakeEngine engine, Project project) {
    return new Up(new Workbench(engine, _ -> {}, Integer.MAX_VALUE))
        .run(
            new Up.Request(
                project, ImagePlanner.Options.DEFAULT, UpOptions.of(project.services().keySet())));
  }

  private static Plan plan(FakeEngine engine, Project project) {
    return Reconciler.plan(
        project, new Observer(engine).observe(project), UpOptions.of(project.services().keySet()));
  }

  /// Services that depend on earlier ones only; every one of them runs on.
  private static Project random(Random random) {
    var services = new ArrayList<Service>();
    int count = 1 + random.nextInt(7);
    for (int i = 0; i < count; i++) {
      var changes = new ArrayList<UnaryOperator<Projects.Draft>>();
      changes.add(command("sleep " + random.nextInt(3)));
      changes.add(healthcheck());
      changes.add(scale(random.nextInt(4)));
      if (random.nextBoolean()) {
        changes.add(volume("v" + random.nextInt(2), "/data"));
      }
      for (int j = 0; j < i; j++) {
        if (random.nextInt(3) == 0) {
          changes.add(
              dependsOn(
                  "s" + j,
                  random.nextBoolean() ? SERVICE_STARTED : SERVICE_HEALTHY,
                  random.nextBoolean()));
        }
      }
      UnaryOperator<Projects.Draft> all =
          draft -> {
            UnaryOperator<Projects.Draft> together = UnaryOperator.identity();
            for (var change : changes) {
              var before = together;
              together = it -> change.apply(before.apply(it));
            }
            return together.apply(draft);
          };
      services.add(service("s" + i, List.of(all).getFirst()));
    }
    return project("shop", services.toArray(Service[]::new));
  }

  private static FakeEngine engine() {
    return new FakeEngine().withImage("busybox");
  }

  @Test
  void from_any_state_one_up_is_enough() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      FakeEngine engine = engine();
      up(engine, random(random)); // some other version of the project is there
      Project project = random(random);
      Outcomes outcomes = up(engine, project);
      assertThat(outcomes.failures()).as("seed %s", seed).isEmpty();
      assertThat(plan(engine, project).describe()).as("seed %s", seed).isEmpty();
    }
  }

  @Test
  void after_a_failure_anywhere_the_next_up_gets_there() {
    for (int seed = 0; seed < SEEDS; seed++) {
      int failAt = 0;
      boolean failed = true;
      while (failed) {
        var random = new Random(seed);
        FakeEngine engine = engine();
        up(engine, random(random));
        Project project = random(random);
        var calls = new AtomicInteger();
        int last = failAt++;
        engine.failOn(
            _ -> calls.getAndIncrement() == last, new EngineException.Failed("as scripted"));
        failed = !up(engine, project).succeeded();
        Outcomes again = up(engine, project);
        assertThat(again.failures()).as("seed %s call %s", seed, last).isEmpty();
        assertThat(plan(engine, project).describe()).as("seed %s call %s", seed, last).isEmpty();
      }
    }
  }

  @Test
  void down_leaves_nothing() {
    for (int seed = 0; seed < SEEDS; seed++) {
      FakeEngine engine = engine();
      Project project = random(new Random(seed));
      up(engine, project);
      var options =
          new DownPlanner.Options(
              Set.of(), false, false, true, DownPlanner.Images.NONE, Optional.empty());
      Outcomes outcomes =
          new Down(new Workbench(engine, _ -> {}, Integer.MAX_VALUE)).run(project, options);
      assertThat(outcomes.failures()).isEmpty();
      assertThat(engine.containers().list(List.of())).isEmpty();
      assertThat(engine.volumes().list(List.of())).isEmpty();
      assertThat(engine.networks().list(List.of()))
          .extracting("name")
          .containsExactlyInAnyOrder("bridge", "host", "none");
    }
  }

  @Test
  void a_dead_dependency_fails_what_waits_for_it_at_once_and_shows_its_last_lines() {
    FakeEngine engine = engine();
    engine.behave("shop-db-1", Behaviour.exiting(1).printing("no space left\n"));
    Project project =
        project(
            "shop", service("db", healthcheck()), service("web", dependsOn("db", SERVICE_HEALTHY)));
    long start = System.nanoTime();
    Outcomes outcomes = up(engine, project);
    assertThat(outcomes.failures())
        .containsExactly(
            "dependency failed to start: container shop-db-1 exited (1)\n  | no space left");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(engine.calls()).contains("create shop-web-1").doesNotContain("start shop-web-1");
  }

  @Test
  void a_one_shot_that_fails_is_named_with_its_code() {
    FakeEngine engine = engine();
    engine.behave("shop-setup-1", Behaviour.exiting(3));
    Project project =
        project(
            "shop",
            service("setup"),
            service("web", dependsOn("setup", SERVICE_COMPLETED_SUCCESSFULLY)));
    assertThat(up(engine, project).failures())
        .containsExactly(
            "dependency failed to start: service \"setup\" didn't complete successfully: exit 3");
  }

  @Test
  void a_missing_image_fails_before_anything_is_created() {
    var engine = new FakeEngine();
    Outcomes outcomes = up(engine, project("shop", service("web")));
    assertThat(outcomes.failures()).singleElement().asString().startsWith("pull access denied");
    assertThat(engine.calls()).containsExactly("pull busybox:latest");
  }

  @Test
  void an_interrupt_calls_off_what_has_not_begun() throws InterruptedException {
    FakeEngine engine = engine();
    engine.behave("shop-db-1", Behaviour.RUNNING);
    Project project =
        project(
            "shop", service("db"), service("web", dependsOn("db", SERVICE_COMPLETED_SUCCESSFULLY)));
    var cancelled = new java.util.concurrent.atomic.AtomicBoolean();
    Thread worker = Thread.ofVirtual().start(() -> cancelled.set(up(engine, project).cancelled()));
    while (!engine.calls().contains("start shop-db-1")) {
      Thread.sleep(5);
    }
    worker.interrupt();
    worker.join(Duration.ofSeconds(5));
    assertThat(cancelled).isTrue();
    assertThat(engine.calls()).doesNotContain("start shop-web-1");
  }

  @Test
  void an_unknown_service_is_refused() {
    Project project = project("shop", service("web"));
    assertThatThrownBy(() -> jcompose.core.planning.Services.select(project, List.of("wbe"), false))
        .isInstanceOf(PlanRefused.class)
        .hasMessage("no such service: wbe");
  }
}
