package jcompose.cli.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import jcompose.cli.output.LogPrinter;
import jcompose.cli.output.PlainProgress;
import jcompose.cli.output.ProgressDisplay;
import jcompose.cli.output.QuietPulls;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.watch.Watcher;
import jcompose.core.engine.LogRequest;
import jcompose.core.execution.Outcomes;
import jcompose.core.model.Project;
import jcompose.core.observation.Observer;
import jcompose.core.planning.LifecyclePlanner;
import jcompose.core.planning.Replica;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.progress.ProgressListener;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ExitCode;
import jcompose.core.usecase.LogConsumer.Source;
import jcompose.core.usecase.LogFollower;
import jcompose.core.usecase.Logs;
import jcompose.core.usecase.Up;

/// `up` without `-d`: shows what containers print until the last one has ended or Ctrl-C stops
/// them; a second Ctrl-C kills.
final class ForegroundUp {
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final Session session;
  private final Up.Request request;
  private final View view;
  private final boolean abortOnExit;
  private final Optional<String> exitCodeFrom;
  private final Optional<Watcher> watcher;
  private final PrintStream out;
  private final PrintStream err;
  private final Project project;
  private final LogPrinter printer;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final Map<String, ExitCode> exitCodes = new HashMap<>();

  /// How output is shown.
  ///
  /// @param services whose output is shown
  record View(
      Set<String> services,
      boolean noColour,
      boolean prefix,
      boolean timestamps,
      boolean quietPull) {}

  /// What ends the waiting.
  private sealed interface Happening {
    record AllEnded() implements Happening {}

    record Exited(Source source, ExitCode code) implements Happening {}

    record Interrupted() implements Happening {}

    record Stopped(Outcomes outcomes) implements Happening {}
  }

  ForegroundUp(
      Session session,
      Up.Request request,
      View view,
      boolean abortOnExit,
      Optional<String> exitCodeFrom,
      Optional<Watcher> watcher) {
    this.session = session;
    this.request = request;
    this.view = view;
    this.abortOnExit = abortOnExit;
    this.exitCodeFrom = exitCodeFrom;
    this.watcher = watcher;
    this.out = session.invocation().output();
    this.err = session.invocation().error();
    this.project = request.project();
    this.printer = printer();
  }

  int run() throws InterruptedException {
    var observer = new Observer(session.engine());
    Thread worker = Thread.currentThread();
    var phase = new Phase(worker);
    try (var follower = follower();
        var _ = session.invocation().interrupts().handle(phase::interrupt)) {
      Set<ContainerId> running = new LinkedHashSet<>();
      List<Source> existing = new ArrayList<>();
      for (Replica replica : observer.containers(project.name()).replicas()) {
        if (!replica.oneOff() && view.services().contains(replica.service())) {
          follower.expect(replica);
          existing.add(Logs.source(replica));
          if (replica.running()) {
            running.add(replica.id());
          }
        }
      }
      int status = bringUp(existing);
      if (!phase.end() || status == ExitStatus.INTERRUPTED) {
        Thread.interrupted();
        return stop(follower, ExitStatus.INTERRUPTED, true);
      }
      if (status != ExitStatus.OK) {
        follower.awaitEnd(Duration.ofMillis(100)); // lets last lines of what failed come out
        return status;
      }
      for (Replica replica : observer.containers(project.name()).replicas()) {
        if (!follower.hasFollowed(replica.id())) {
          follower.attach(replica, running.contains(replica.id()));
        }
      }
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  follower.awaitEnd();
                  happenings.add(new Happening.AllEnded());
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      Optional<Thread> watching = watcher.map(this::watch);
      try {
        return await(follower);
      } finally {
        watching.ifPresent(Thread::interrupt);
      }
    }
  }

  private Thread watch(Watcher files) {
    return Thread.ofPlatform()
        .daemon()
        .name("watch")
        .start(
            () -> {
              try {
                files.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the end
              } catch (RuntimeException e) {
                err.println(e.getMessage());
              }
            });
  }

  private LogFollower follower() {
    return new LogFollower(
        session.engine(),
        project.name(),
        LogRequest.ALL,
        view.services()::contains,
        printer,
        (source, code) -> happenings.add(new Happening.Exited(source, code)));
  }

  private LogPrinter printer() {
    var invocation = session.invocation();
    boolean colour =
        !view.noColour()
            && session.options().colour(invocation.environment(), invocation.terminal().output());
    Supplier<String> time =
        view.timestamps() ? () -> Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " : () -> "";
    return new LogPrinter(out, err, colour, view.prefix(), time);
  }

  private int bringUp(List<Source> existing) {
    try (var _ = session.lock(project);
        var display = ProgressDisplay.of(session)) {
      var progress = new UntilAttached(display);
      existing.forEach(it -> progress.announce(it.name(), it.service()));
      var bench = QuietPulls.of(session.workbench(progress), view.quietPull());
      Outcomes outcomes = new Up(bench).run(request);
      progress.attach();
      return Work.finish(session, outcomes);
    }
  }

  private int await(LogFollower follower) throws InterruptedException {
    while (true) {
      switch (happenings.take()) {
        case Happening.AllEnded _ -> {
          if (watcher.isPresent()) {
            continue; // a change may start them again
          }
          return exitCodeFrom
              .map(it -> exitCodes.getOrDefault(it, new ExitCode(0)).value())
              .orElse(ExitStatus.OK);
        }
        case Happening.Exited it -> {
          exitCodes.put(it.source().service(), it.code());
          if (abortOnExit) {
            err.println("Aborting on container exit...");
            int status = stop(follower, it.code().value(), false);
            return exitCodeFrom
                .map(service -> exitCodes.getOrDefault(service, it.code()).value())
                .orElse(status);
          }
        }
        case Happening.Interrupted _ -> {
          return stop(follower, ExitStatus.INTERRUPTED, true);
        }
        case Happening.Stopped _ -> {}
      }
    }
  }

  /// Stops the named services; Ctrl-C meanwhile kills them.
  private int stop(LogFollower follower, int status, boolean interrupted)
      throws InterruptedException {
    if (interrupted) {
      err.println("Gracefully stopping... (press Ctrl+C again to force)");
    }
    var observed = new Observer(session.engine()).containers(project.name());
    Set<String> named = request.options().named();
    // output still comes in between, so nothing may be drawn in place
    var bench = session.workbench(new PlainProgress(err));
    Thread.ofVirtual()
        .start(
            () ->
                happenings.add(
                    new Happening.Stopped(
                        bench.execute(
                            project.name(),
                            LifecyclePlanner.stop(
                                project, observed, named, request.options().grace())))));
    while (true) {
      switch (happenings.take()) {
        case Happening.Stopped it -> {
          follower.awaitEnd(LAST_LINES);
          happenings.forEach(
              next -> {
                if (next instanceof Happening.Exited exit) {
                  exitCodes.put(exit.source().service(), exit.code());
                }
              });
          return it.outcomes().succeeded() ? status : Math.max(status, ExitStatus.FAILED);
        }
        case Happening.Interrupted _ -> {
          bench.execute(
              project.name(),
              LifecyclePlanner.kill(
                  project,
                  new Observer(session.engine()).containers(project.name()),
                  named,
                  "SIGKILL"));
        }
        case Happening.Exited it -> exitCodes.put(it.source().service(), it.code());
        case Happening.AllEnded _ -> {}
      }
    }
  }

  /// Where Ctrl-C goes: it calls off the plan while that is carried out, later it is a happening.
  private final class Phase {
    private final Thread worker;
    private boolean executing = true;
    private boolean calledOff;

    Phase(Thread worker) {
      this.worker = worker;
    }

    synchronized void interrupt() {
      if (executing && !calledOff) {
        calledOff = true;
        worker.interrupt();
      } else {
        happenings.add(new Happening.Interrupted());
      }
    }

    /// @return false when it was called off
    synchronized boolean end() {
      executing = false;
      return !calledOff;
    }
  }

  /// Shows progress until the first container is started; from then on only trouble, because output
  /// comes then.
  private final class UntilAttached implements ProgressListener {
    private final ProgressDisplay display;
    private final Set<String> containers = new LinkedHashSet<>();
    private boolean attached;

    UntilAttached(ProgressDisplay display) {
      this.display = display;
    }

    @Override
    public void on(ProgressEvent event) {
      synchronized (this) {
        if (event instanceof ProgressEvent.Done it) {
          note(it.subject());
        }
        boolean starting =
            event instanceof ProgressEvent.Started it
                && (it.verb().equals("Starting") || it.verb().equals("Waiting"));
        if (starting) {
          attach();
        }
        if (attached) {
          switch (event) {
            case ProgressEvent.Warning it -> err.println("WARN " + it.message());
            case ProgressEvent.Failed _, ProgressEvent.Started _, ProgressEvent.Done _ -> {}
            case ProgressEvent.Advanced _ -> {}
          }
          return;
        }
      }
      display.on(event);
    }

    private void note(String subject) {
      String name = subject.startsWith("Container ") ? subject.substring(10) : "";
      for (String service : view.services()) {
        String prefix = project.name() + "-" + service + "-";
        boolean replica =
            name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9]+");
        boolean named =
            Optional.ofNullable(project.services().get(service))
                .flatMap(it -> it.containerName())
                .filter(name::equals)
                .isPresent();
        if (replica) {
          announce(name.substring(project.name().length() + 1), service);
        } else if (named) {
          announce(name, service);
        }
      }
    }

    void announce(String name, String service) {
      containers.add(name);
      printer.announce(new Source(name, service));
    }

    synchronized void attach() {
      if (!attached) {
        attached = true;
        display.close();
        out.println("Attaching to " + String.join(", ", containers.stream().sorted().toList()));
      }
    }
  }
}
