package jcompose.core.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import jcompose.core.engine.Engine;
import jcompose.core.planning.Operation;
import jcompose.core.planning.Plan;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.progress.ProgressListener;
import jcompose.core.resource.ContainerName;

/// Carries plans out: each step on a virtual thread of its own as soon as all it comes after are
/// done. What follows a failure is skipped at once; the rest goes on.
public final class PlanExecutor {
  private final Engine engine;
  private final String project;
  private final ProgressListener listener;
  private final int parallel;

  /// @param parallel most engine calls at a time; waiting for containers does not count
  public PlanExecutor(Engine engine, String project, ProgressListener listener, int parallel) {
    this.engine = engine;
    this.project = project;
    this.listener = listener;
    this.parallel = parallel;
  }

  /// Returns when every step has ended in some way. An interrupt of this thread calls off what has
  /// not begun and gives up what has; the interrupt status is then set again.
  public Outcomes execute(Plan plan) {
    for (ContainerName name : plan.untouched()) {
      listener.on(new ProgressEvent.Done("Container " + name, "Running", Duration.ZERO));
    }
    if (plan.isEmpty()) {
      return new Outcomes(new LinkedHashMap<>(), new LinkedHashMap<>());
    }
    boolean waits = plan.steps().stream().anyMatch(it -> isWait(it.operation()));
    Optional<ContainerWatch> watch =
        waits ? Optional.of(new ContainerWatch(engine, project)) : Optional.empty();
    try {
      return new Run(plan, new OperationRunner(engine, listener, watch)).execute();
    } finally {
      watch.ifPresent(ContainerWatch::close);
    }
  }

  private static boolean isWait(Operation operation) {
    return operation instanceof Operation.AwaitRunning
        || operation instanceof Operation.AwaitHealthy
        || operation instanceof Operation.AwaitCompleted;
  }

  /// One plan on its way.
  private final class Run {
    private final Plan plan;
    private final OperationRunner operations;
    private final Semaphore calls = new Semaphore(parallel);
    private final CountDownLatch open;
    private final Map<Integer, Outcome> outcomes = new TreeMap<>();
    private final Map<Integer, Integer> missing = new TreeMap<>();
    private final Map<Integer, List<Plan.Step>> dependants = new TreeMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Run(Plan plan, OperationRunner operations) {
      this.plan = plan;
      this.operations = operations;
      this.open = new CountDownLatch(plan.steps().size());
      for (Plan.Step step : plan.steps()) {
        missing.put(step.number(), step.after().size());
        step.after()
            .forEach(it -> dependants.computeIfAbsent(it, _ -> new ArrayList<>()).add(step));
      }
    }

    Outcomes execute() {
      plan.steps().stream().filter(it -> it.after().isEmpty()).forEach(this::begin);
      boolean interrupted = false;
      try {
        open.await();
      } catch (InterruptedException e) {
        interrupted = true;
        threads.shutdownNow();
      }
      threads.close();
      var steps = new LinkedHashMap<Plan.Step, Outcome>();
      synchronized (this) {
        for (Plan.Step step : plan.steps()) {
          steps.put(step, outcomes.getOrDefault(step.number(), new Outcome.Cancelled()));
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return new Outcomes(steps, new LinkedHashMap<>(operations.created()));
    }

    private void begin(Plan.Step step) {
      try {
        threads.execute(() -> finish(step, attempt(step.operation())));
      } catch (RejectedExecutionException e) {
        finish(step, new Outcome.Cancelled());
      }
    }

    private Outcome attempt(Operation operation) {
      Optional<Announcement> words = Announcement.of(operation);
      long start = System.nanoTime();
      try {
        if (isWait(operation)) {
          words.ifPresent(it -> listener.on(new ProgressEvent.Started(it.subject(), it.doing())));
          operations.run(operation);
        } else {
          calls.acquire();
          try {
            words.ifPresent(it -> listener.on(new ProgressEvent.Started(it.subject(), it.doing())));
            operations.run(operation);
          } finally {
            calls.release();
          }
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        words.ifPresent(
            it ->
                it.done()
                    .ifPresent(
                        done -> listener.on(new ProgressEvent.Done(it.subject(), done, taken))));
        return new Outcome.Done(taken);
      } catch (InterruptedException e) {
        return new Outcome.Cancelled();
      } catch (RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          return new Outcome.Cancelled();
        }
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        words.ifPresent(
            it -> listener.on(new ProgressEvent.Failed(it.subject(), "Error", message)));
        return new Outcome.Failed(e, message);
      }
    }

    /// Hands an outcome on along the edges.
    private void finish(Plan.Step step, Outcome outcome) {
      var ready = new ArrayList<Plan.Step>();
      synchronized (this) {
        record(step, outcome, ready);
      }
      ready.forEach(this::begin);
    }

    private void record(Plan.Step step, Outcome outcome, List<Plan.Step> ready) {
      if (outcomes.putIfAbsent(step.number(), outcome) != null) {
        return; // skipped already, by another step it comes after
      }
      for (Plan.Step next : dependants.getOrDefault(step.number(), List.of())) {
        switch (outcome) {
          case Outcome.Done _ -> {
            if (missing.merge(next.number(), -1, Integer::sum) == 0) {
              ready.add(next);
            }
          }
          case Outcome.Failed _ -> record(next, new Outcome.Skipped(step.number()), ready);
          case Outcome.Skipped it -> record(next, it, ready);
          case Outcome.Cancelled it -> record(next, it, ready);
        }
      }
      open.countDown();
    }
  }
}
