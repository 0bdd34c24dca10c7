package jcompose.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import jcompose.cli.output.Failures;
import jcompose.cli.output.ProgressDisplay;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.planning.Services;
import jcompose.core.progress.ProgressEvent;
import jcompose.core.resource.ImageReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose push`.
@Command(name = "push", description = "Push service images", sortOptions = false)
final class PushCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--ignore-push-failures",
      description = "Push what it can and ignores images with push failures")
  private boolean ignoreFailures;

  @Option(
      names = "--include-deps",
      description = "Also push images of services declared as dependencies")
  private boolean dependencies;

  @Option(
      names = {"-q", "--quiet"},
      description = "Push without printing progress information")
  private boolean quiet;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  PushCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    Project project = Services.select(session.project(), services, !dependencies);
    Set<String> images = images(project);
    if (session.options().dryRun()) {
      images.forEach(it -> session.invocation().output().println("push " + it));
      return ExitStatus.OK;
    }
    Thread worker = Thread.currentThread();
    var failures = new ArrayList<String>();
    try (var display = ProgressDisplay.of(session, quiet);
        var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      var turns = new Semaphore(session.options().parallel(session.invocation().environment()));
      var pushes = new ArrayList<Future<String>>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        images.forEach(it -> pushes.add(threads.submit(() -> push(it, turns, display))));
      }
      pushes.stream().map(Future::resultNow).filter(it -> !it.isEmpty()).forEach(failures::add);
    }
    failures.forEach(session.invocation().error()::println);
    return failures.isEmpty() || ignoreFailures ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /// Images that are built here and have a name of their own; others came from a registry.
  private static Set<String> images(Project project) {
    var images = new LinkedHashSet<String>();
    for (Service service : project.services().values()) {
      if (service.image().isPresent() && service.build().isPresent()) {
        images.add(service.image().get());
        images.addAll(service.build().get().tags());
      }
    }
    return images;
  }

  /// @return why it failed, or an empty text
  private String push(String image, Semaphore turns, ProgressDisplay display)
      throws InterruptedException {
    String subject = "Image " + image;
    turns.acquire();
    long begin = System.nanoTime();
    display.on(new ProgressEvent.Started(subject, "Pushing"));
    try {
      session
          .engine()
          .images()
          .push(
              ImageReference.parse(image),
              (part, message, current, total) ->
                  display.on(new ProgressEvent.Advanced(subject, part, message, current, total)));
      display.on(
          new ProgressEvent.Done(subject, "Pushed", Duration.ofNanos(System.nanoTime() - begin)));
      return "";
    } catch (EngineException | IllegalArgumentException e) {
      String why =
          e instanceof EngineException it ? Failures.sentence(it) : String.valueOf(e.getMessage());
      display.on(new ProgressEvent.Failed(subject, "Error", why));
      return why;
    } finally {
      turns.release();
    }
  }
}
