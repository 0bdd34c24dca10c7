package jcompose.cli.watch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jcompose.cli.settings.Session;
import jcompose.core.engine.Console;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Hook;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.model.WatchRule;
import jcompose.core.observation.Observer;
import jcompose.core.planning.PlanRefused;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ExecSpec;
import jcompose.core.resource.ExitCode;
import jcompose.engine.dockerfile.IgnoreRules;

/// Watches the files of a project's services and does what their rules say, until its thread is
/// interrupted. What fails is told and does not end it.
public final class Watcher {
  private final Session session;
  private final Project project;
  private final Predicate<String> rebuild;
  private final List<WatchedRule> rules = new ArrayList<>();
  private final PrintStream err;

  /// @param services to watch; empty for all that have rules
  /// @param rebuild builds a service's image, replaces its containers, and tells whether it did
  /// @throws PlanRefused when there is nothing to watch
  public Watcher(
      Session session, Project project, Set<String> services, Predicate<String> rebuild) {
    this.session = session;
    this.project = project;
    this.rebuild = rebuild;
    this.err = session.invocation().error();
    for (Service service : project.services().values()) {
      if (services.isEmpty() || services.contains(service.name())) {
        service.watch().forEach(it -> rules.add(rule(service, it)));
      }
    }
    if (rules.isEmpty()) {
      throw new PlanRefused(
          "none of the selected services is configured for watch, consider setting a 'develop'"
              + " section");
    }
  }

  private static WatchedRule rule(Service service, WatchRule rule) {
    if (rule.action() == WatchRule.Action.REBUILD && service.build().isEmpty()) {
      throw new PlanRefused(
          "can't watch service \"" + service.name() + "\" without a build context");
    }
    Optional<Path> context =
        service.build().map(it -> Path.of(it.context())).filter(Files::isDirectory);
    return new WatchedRule(
        service.name(), rule, context, context.map(Watcher::ignored).orElse(IgnoreRules.NONE));
  }

  private static IgnoreRules ignored(Path context) {
    Path file = context.resolve(".dockerignore");
    try {
      return Files.isRegularFile(file)
          ? IgnoreRules.parse(Files.readString(file))
          : IgnoreRules.NONE;
    } catch (IOException | IllegalArgumentException e) {
      throw new PlanRefused("cannot use " + file + ": " + e.getMessage());
    }
  }

  /// Services that have rules.
  public Set<String> services() {
    var names = new LinkedHashSet<String>();
    rules.forEach(it -> names.add(it.service()));
    return names;
  }

  /// Watches and acts.
  public void run() throws InterruptedException {
    var roots = new LinkedHashSet<Path>();
    for (WatchedRule rule : rules) {
      if (!Files.exists(rule.root())) {
        throw new PlanRefused(
            "service \"%s\": develop.watch: there is no %s".formatted(rule.service(), rule.root()));
      }
      roots.add(rule.root());
    }
    try (var changes = new FileChanges(roots, this::looksInto)) {
      initialSync();
      err.println("Watch enabled");
      err.flush();
      while (true) {
        carryOut(WatchPlan.of(rules, changes.next()));
      }
    } catch (IOException e) {
      throw new PlanRefused("watch: " + e.getMessage());
    }
  }

  private boolean looksInto(Path folder) {
    return rules.stream().anyMatch(it -> it.looksInto(folder));
  }

  private void initialSync() throws IOException {
    for (WatchedRule rule : rules) {
      if (rule.rule().initialSync() && rule.rule().target().isPresent()) {
        try (Stream<Path> files = Files.walk(rule.root())) {
          var copies = new LinkedHashMap<Path, String>();
          files
              .filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
              .filter(rule::matches)
              .forEach(it -> rule.target(it).ifPresent(to -> copies.put(it, to)));
          guarded(rule.service(), () -> sync(rule.service(), copies));
        }
      }
    }
  }

  private void carryOut(WatchPlan plan) {
    for (String service : plan.rebuild()) {
      err.println("Rebuilding service(s) [\"" + service + "\"] after changes were detected...");
      err.flush();
      guarded(
          service,
          () -> {
            if (rebuild.test(service)) {
              err.println("service(s) [\"" + service + "\"] successfully built");
            }
          });
    }
    plan.copies().forEach((service, files) -> guarded(service, () -> sync(service, files)));
    for (String service : plan.restart()) {
      guarded(
          service,
          () -> {
            for (Replica replica : running(service)) {
              session.engine().containers().restart(replica.id(), Optional.empty());
            }
            err.println("service(s) [\"" + service + "\"] restarted");
          });
    }
    plan.commands()
        .forEach((service, hooks) -> guarded(service, () -> hooks.forEach(it -> run(service, it))));
    err.flush();
  }

  private void guarded(String service, Runnable work) {
    try {
      work.run();
    } catch (EngineException | PlanRefused e) {
      err.println("watch: service \"" + service + "\": " + e.getMessage());
    }
  }

  private List<Replica> running(String service) {
    return new Observer(session.engine())
        .containers(project.name()).replicas().stream()
            .filter(it -> it.service().equals(service) && it.running() && !it.oneOff())
            .toList();
  }

  private void sync(String service, Map<Path, String> files) {
    if (files.isEmpty()) {
      return;
    }
    var gone = new ArrayList<String>();
    var there = new LinkedHashMap<Path, String>();
    files.forEach(
        (file, target) -> {
          if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            there.put(file, target);
          } else {
            gone.add(target);
          }
        });
    err.println(
        "Syncing service \""
            + service
            + "\" after "
            + files.size()
            + (files.size() == 1 ? " change was detected" : " changes were detected"));
    byte[] archive = archive(there);
    for (Replica replica : running(service)) {
      if (!gone.isEmpty()) {
        remove(replica, gone);
      }
      if (!there.isEmpty()) {
        InputStream tar = new ByteArrayInputStream(archive);
        session.engine().files().write(replica.id(), "/", tar, false);
      }
    }
  }

  private static byte[] archive(Map<Path, String> files) {
    var bytes = new ByteArrayOutputStream();
    try {
      SyncArchive.write(files, bytes);
    } catch (IOException e) {
      throw new PlanRefused("cannot read what changed: " + e.getMessage());
    }
    return bytes.toByteArray();
  }

  private void remove(Replica replica, List<String> paths) {
    var command = new ArrayList<>(List.of("rm", "-rf", "--"));
    command.addAll(paths);
    exec(replica, ExecSpec.of(command));
  }

  private void run(String service, Hook hook) {
    for (Replica replica : running(service)) {
      ExitCode code =
          exec(
              replica,
              new ExecSpec(
                  hook.command(),
                  hook.environment().entrySet().stream()
                      .map(it -> it.getKey() + it.getValue().map(value -> "=" + value).orElse(""))
                      .toList(),
                  hook.user(),
                  hook.workingDir(),
                  hook.privileged(),
                  false));
      if (code.value() != 0) {
        err.println(
            "watch: service \"%s\": %s exited with %d"
                .formatted(service, String.join(" ", hook.command()), code.value()));
      }
    }
  }

  private ExitCode exec(Replica replica, ExecSpec spec) {
    return session
        .engine()
        .containers()
        .exec(
            replica.id(),
            spec,
            Console.of(
                (_, bytes, offset, length) -> {
                  err.write(bytes, offset, length);
                  err.flush();
                }));
  }
}
