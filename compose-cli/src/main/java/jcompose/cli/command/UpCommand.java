package jcompose.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import jcompose.cli.settings.Session;
import jcompose.cli.watch.Watcher;
import jcompose.core.model.Project;
import jcompose.core.usecase.Up;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `jcompose up`.
@Command(name = "up", description = "Create and start containers", sortOptions = false)
final class UpCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-d", "--detach"},
      description = "Detached mode: Run containers in the background")
  private boolean detach;

  @Option(
      names = "--abort-on-container-exit",
      description = "Stops all containers if any container was stopped. Incompatible with -d")
  private boolean abortOnExit;

  @Option(
      names = "--exit-code-from",
      paramLabel = "SERVICE",
      description =
          "Return the exit code of the selected service container."
              + " Implies --abort-on-container-exit")
  private @Nullable String exitCodeFrom;

  @Option(names = "--no-deps", description = "Don't start linked services")
  private boolean noDependencies;

  @Option(
      names = "--always-recreate-deps",
      description = "Recreate dependent containers. Incompatible with --no-recreate")
  private boolean alwaysRecreateDependencies;

  @Option(names = "--no-start", description = "Don't start the services after creating them")
  private boolean noStart;

  @Option(
      names = {"-V", "--renew-anon-volumes"},
      description = "Recreate anonymous volumes instead of retrieving data from the previous ones")
  private boolean renewAnonymousVolumes;

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      description = "Timeout for container shutdown when attached or when they are replaced")
  private @Nullable Integer timeout;

  @Option(
      names = "--wait",
      description = "Wait for services to be running|healthy. Implies detached mode")
  private boolean await;

  @Option(
      names = "--wait-timeout",
      paramLabel = "SECONDS",
      description = "Longest to wait for the project to be running|healthy")
  private @Nullable Integer waitTimeout;

  @Option(
      names = "--attach",
      paramLabel = "SERVICE",
      description = "Restrict attaching to the specified services")
  private List<String> attach = new ArrayList<>();

  @Option(
      names = "--no-attach",
      paramLabel = "SERVICE",
      description = "Do not attach to the specified services")
  private List<String> noAttach = new ArrayList<>();

  @Option(names = "--attach-dependencies", description = "Attach to log output of dependencies")
  private boolean attachDependencies;

  @Option(names = "--no-color", description = "Produce monochrome output")
  private boolean noColour;

  @Option(names = "--no-log-prefix", description = "Don't print prefix in logs")
  private boolean noPrefix;

  @Option(names = "--timestamps", description = "Show timestamps")
  private boolean timestamps;

  @Option(
      names = {"-w", "--watch"},
      description = "Watch source code and rebuild/refresh containers when files are updated")
  private boolean watch;

  @Mixin private ReconcileOptions reconcile = new ReconcileOptions();

  UpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean aborts = abortOnExit || exitCodeFrom != null;
    ReconcileOptions.refuse(
        (detach || await) && (aborts || attachDependencies || !attach.isEmpty()),
        (detach ? "--detach" : "--wait")
            + " cannot be combined with --abort-on-container-exit, --exit-code-from, --attach or"
            + " --attach-dependencies");
    ReconcileOptions.refuse(
        attachDependencies && !attach.isEmpty(),
        "cannot combine --attach and --attach-dependencies");
    ReconcileOptions.refuse(
        watch && (detach || await || noStart || reconcile.noBuild()),
        "--watch cannot be combined with --detach, --wait, --no-start or --no-build");
    ReconcileOptions.refuse(
        waitTimeout != null && waitTimeout < 0, "--wait-timeout must be a non-negative integer");
    Project project = session.project();
    Up.Request request =
        reconcile.request(
            project,
            session.invocation().environment(),
            new ReconcileOptions.Extra(
                noDependencies,
                alwaysRecreateDependencies,
                renewAnonymousVolumes,
                Optional.ofNullable(timeout).map(Duration::ofSeconds),
                !noStart,
                await));
    Work.warn(session, request.project());
    if (exitCodeFrom != null) {
      Work.services(request.project(), List.of(exitCodeFrom));
    }
    if (session.options().dryRun()) {
      return Work.show(session, new Up(session.workbench(_ -> {})).plan(request));
    }
    if (detach || await || noStart) {
      return detached(request);
    }
    Set<String> shown = shown(request);
    return new ForegroundUp(
            session,
            request,
            new ForegroundUp.View(shown, noColour, !noPrefix, timestamps, reconcile.quietPull()),
            aborts,
            Optional.ofNullable(exitCodeFrom),
            watch ? Optional.of(watcher(request)) : Optional.empty())
        .run();
  }

  private Watcher watcher(Up.Request request) {
    var rebuild = new Rebuild(session, request.project(), true, true); // output comes in between
    return new Watcher(session, request.project(), Set.copyOf(reconcile.services()), rebuild::one);
  }

  private Set<String> shown(Up.Request request) {
    Set<String> shown = new HashSet<>(request.options().named());
    if (attachDependencies) {
      shown.addAll(request.project().services().keySet());
    }
    if (!attach.isEmpty()) {
      shown = new HashSet<>(Work.services(request.project(), attach));
    }
    for (var service : request.project().services().values()) {
      if (!service.attach() && !attach.contains(service.name())) {
        shown.remove(service.name());
      }
    }
    shown.removeAll(Work.services(request.project(), noAttach));
    return shown;
  }

  private int detached(Up.Request request) {
    var late = new AtomicBoolean();
    Thread worker = Thread.currentThread();
    if (await && waitTimeout != null && waitTimeout > 0) {
      Duration limit = Duration.ofSeconds(waitTimeout);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  Thread.sleep(limit);
                } catch (InterruptedException e) {
                  return;
                }
                late.set(true);
                worker.interrupt();
              });
    }
    int status = Work.bringUp(session, request, reconcile.quietPull());
    if (late.get()) {
      session.invocation().error().println("application not healthy after " + waitTimeout + "s");
      return 1;
    }
    return status;
  }
}
