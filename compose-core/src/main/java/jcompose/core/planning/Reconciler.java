package jcompose.core.planning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jcompose.core.conversion.ConfigHash;
import jcompose.core.conversion.ContainerConversion;
import jcompose.core.conversion.Names;
import jcompose.core.conversion.Namespaces;
import jcompose.core.conversion.OneOff;
import jcompose.core.graph.DependencyGraph;
import jcompose.core.model.Dependency;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.ImageId;

/// Plans how a project comes to what its files say: `up`, `create`, `scale`. All containers are
/// created before the first is started; replaced ones are created beside the old, which goes only
/// then.
public final class Reconciler {
  private final Project project;
  private final ObservedState observed;
  private final UpOptions options;
  private final DependencyGraph<String> graph;
  private final Plan.Builder plan = new Plan.Builder();

  /// What is known of each service once its containers are planned.
  private final Map<String, List<Wanted>> wanted = new LinkedHashMap<>();

  private final Set<String> replacedServices = new HashSet<>();

  /// Steps that must be done before any container is started.
  private final List<Integer> beforeStart = new ArrayList<>();

  private final Map<ContainerName, Integer> removals = new HashMap<>();

  /// Waits that are planned already: several dependants share one.
  private final Map<String, Integer> waits = new HashMap<>();

  /// A container as it will be.
  ///
  /// @param running whether it runs already and is left alone
  /// @param ready steps it must come after when it is started
  private record Wanted(Target target, boolean running, Reason why, List<Integer> ready) {}

  private Reconciler(Project project, ObservedState observed, UpOptions options) {
    this.project = project;
    this.observed = observed;
    this.options = options;
    this.graph = Services.graph(project);
  }

  /// @param project with the services that take part enabled, see [Services#select]
  /// @param observed after images were pulled and built
  /// @throws PlanRefused when the project cannot be reached from here
  public static Plan plan(Project project, ObservedState observed, UpOptions options) {
    return new Reconciler(project, observed, options).plan();
  }

  private Plan plan() {
    graph
        .cycle()
        .ifPresent(
            it -> {
              throw new PlanRefused("dependency cycle detected: " + String.join(" -> ", it));
            });
    List<Integer> storage = Storage.plan(plan, project, observed);
    orphans();
    List<String> order = graph.order();
    var created = new ArrayList<Integer>(storage);
    var replacements = new ArrayList<Replacement>();
    for (String name : order) {
      containers(service(name), storage, created, replacements);
    }
    beforeStart.addAll(created);
    if (created.size() > 1 && options.start()) {
      int checkpoint =
          plan.add(
              new Operation.Checkpoint("all created", new Reason("nothing starts before")),
              beforeStart);
      beforeStart.clear();
      beforeStart.add(checkpoint);
    }
    replacements.forEach(this::swap);
    if (options.start()) {
      Map<String, List<Integer>> started = new HashMap<>();
      for (String name : order) {
        started.put(name, start(service(name), started));
      }
      if (options.await()) {
        order.forEach(it -> awaitService(it, started));
      }
    }
    return plan.build();
  }

  private Service service(String name) {
    return java.util.Objects.requireNonNull(project.services().get(name));
  }

  private void orphans() {
    List<Replica> orphans = Services.orphans(project, observed);
    if (options.removeOrphans()) {
      for (Replica orphan : orphans) {
        beforeStart.add(remove(orphan, new Reason("in no compose file")));
      }
      return;
    }
    String names =
        orphans.stream()
            .filter(it -> !it.oneOff())
            .map(it -> it.summary().name().value())
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      plan.warn(
          "Found orphan containers (["
              + names
              + "]) for this project. If you removed or renamed this service in your compose file,"
              + " you can run this command with the --remove-orphans flag to clean it up.");
    }
  }

  /// @return the last step
  private int remove(Replica replica, Reason reason) {
    List<Integer> after = List.of();
    if (replica.running()) {
      after =
          List.of(
              plan.add(
                  new Operation.StopContainer(Target.of(replica), options.grace(), false, reason),
                  after));
    }
    int step =
        plan.add(
            new Operation.RemoveContainer(Target.of(replica), false, false, false, reason), after);
    removals.put(replica.summary().name(), step);
    return step;
  }

  /// An old container, and the new one that was created beside it.
  private record Replacement(
      Service service,
      Replica old,
      ContainerName name,
      int create,
      List<Integer> ready,
      Reason reason) {}

  private void containers(
      Service service,
      List<Integer> storage,
      List<Integer> created,
      List<Replacement> replacements) {
    Optional<OneOff> run = options.oneOff(service.name());
    if (run.isPresent()) {
      created.add(oneOff(service, run.get(), storage));
      return;
    }
    int count = options.scale().getOrDefault(service.name(), service.replicas());
    if (count > 1 && service.containerName().isPresent()) {
      throw new PlanRefused(
          "service \""
              + service.name()
              + "\" has container_name "
              + service.containerName().get()
              + " and cannot have "
              + count
              + " replicas: container names must be unique; remove container_name");
    }
    var needed = new ArrayList<>(storage);
    List<Replica> existing = withoutLeftovers(service, needed);
    var reasons = new HashMap<Replica, Reason>();
    existing.forEach(it -> outdated(service, it).ifPresent(why -> reasons.put(it, why)));
    // outdated ones go first, then the highest numbers
    List<Replica> byWorth =
        existing.stream()
            .sorted(
                Comparator.comparing((Replica it) -> reasons.containsKey(it))
                    .thenComparingInt(Replica::number))
            .toList();
    int kept = Math.min(count, byWorth.size());
    for (Replica surplus : byWorth.subList(kept, byWorth.size())) {
      beforeStart.add(
          remove(
              surplus, new Reason("scaled to " + count + (count == 1 ? " replica" : " replicas"))));
    }
    var list = new ArrayList<Wanted>();
    wanted.put(service.name(), list);
    Optional<ImageId> image = image(service);
    for (Replica replica :
        byWorth.subList(0, kept).stream()
            .sorted(Comparator.comparingInt(Replica::number))
            .toList()) {
      Reason reason = reasons.get(replica);
      if (reason == null) {
        list.add(keep(service, replica));
        continue;
      }
      replacedServices.add(service.name());
      ContainerName name = Names.container(project, service, replica.number());
      var spec =
          ContainerConversion.container(
              project,
              service,
              replica.number(),
              image,
              Optional.of(replica.id()),
              options.renewAnonymousVolumes() ? List.of() : replica.summary().mounts());
      int create =
          plan.add(
              new Operation.CreateContainer(name, Optional.of(replica.id()), spec, reason),
              after(service, name, needed));
      created.add(create);
      var ready = new ArrayList<Integer>();
      replacements.add(new Replacement(service, replica, name, create, ready, reason));
      list.add(new Wanted(Target.planned(name), false, reason, ready));
    }
    int next = existing.stream().mapToInt(Replica::number).max().orElse(0) + 1;
    for (int number = next; number < next + count - kept; number++) {
      ContainerName name = Names.container(project, service, number);
      Reason reason = new Reason("missing");
      var spec =
          ContainerConversion.container(
              project, service, number, image, Optional.empty(), List.of());
      int create =
          plan.add(
              new Operation.CreateContainer(name, Optional.empty(), spec, reason),
              after(service, name, needed));
      created.add(create);
      list.add(new Wanted(Target.planned(name), false, new Reason("created"), List.of(create)));
    }
  }

  /// Creates the container of a `run`; the caller starts it, once it is attached.
  private int oneOff(Service service, OneOff run, List<Integer> storage) {
    var reason = new Reason("run");
    var spec = ContainerConversion.oneOff(project, service, image(service), run);
    int create =
        plan.add(
            new Operation.CreateContainer(run.name(), Optional.empty(), spec, reason),
            after(service, run.name(), storage));
    wanted.put(
        service.name(),
        List.of(new Wanted(Target.planned(run.name()), false, reason, List.of(create))));
    return create;
  }

  /// What a container's creation comes after: networks and volumes, the removal of one that has its
  /// name, the creation of those whose namespaces it shares.
  private List<Integer> after(Service service, ContainerName name, List<Integer> needed) {
    var after = new ArrayList<>(needed);
    Optional.ofNullable(removals.get(name)).ifPresent(after::add);
    for (String shared : Namespaces.sharedWith(service)) {
      for (Plan.Step step : plan.build().steps()) {
        if (step.operation() instanceof Operation.CreateContainer create
            && wanted.getOrDefault(shared, List.of()).stream()
                .anyMatch(it -> it.target().name().equals(create.name()))) {
          after.add(step.number());
        }
      }
    }
    return after;
  }

  /// Takes away what an interrupted replacement left: a new container beside its old one.
  private List<Replica> withoutLeftovers(Service service, List<Integer> steps) {
    List<Replica> all = observed.replicas(service.name());
    Set<String> ids = all.stream().map(it -> it.id().value()).collect(Collectors.toSet());
    var rest = new ArrayList<Replica>();
    for (Replica replica : all) {
      if (replica.replaces().filter(ids::contains).isPresent()) {
        steps.add(remove(replica, new Reason("left by an interrupted replacement")));
      } else {
        rest.add(replica);
      }
    }
    return rest;
  }

  private Optional<ImageId> image(Service service) {
    return Optional.ofNullable(observed.images().get(Names.image(project, service)))
        .map(ImageDetails::id);
  }

  private Optional<Reason> outdated(Service service, Replica replica) {
    switch (options.recreate(service.name())) {
      case NEVER -> {
        return Optional.empty();
      }
      case ALWAYS -> {
        return Optional.of(new Reason("recreation was asked for"));
      }
      case CHANGED -> {}
    }
    if (replica.configHash().filter(it -> ConfigHash.matches(it, service)).isEmpty()) {
      return Optional.of(new Reason("configuration changed"));
    }
    Optional<ImageId> image = image(service);
    if (image.isPresent()
        && replica.imageId().isPresent()
        && !replica.imageId().get().equals(image.get().value())) {
      return Optional.of(new Reason("image changed"));
    }
    return Namespaces.sharedWith(service).stream()
        .filter(replacedServices::contains)
        .findFirst()
        .map(it -> new Reason("shares a namespace or volumes with " + it + ", which is replaced"));
  }

  /// A container that stays; under its old name it may still wait for the right one.
  private Wanted keep(Service service, Replica replica) {
    ContainerName name = Names.container(project, service, replica.number());
    Target target = Target.of(replica);
    var ready = new ArrayList<Integer>();
    if (replica.replaces().isPresent() && !replica.summary().name().equals(name)) {
      target = Target.of(replica, name);
      ready.add(
          plan.add(
              new Operation.RenameContainer(
                  target, new Reason("left by an interrupted replacement")),
              List.of()));
    }
    boolean paused = replica.summary().state() == ContainerState.PAUSED && options.start();
    boolean running = replica.running() && !paused;
    if (running || !options.start()) {
      plan.untouched(target.name());
    }
    String why =
        switch (replica.summary().state()) {
          case CREATED -> "was never started";
          case EXITED -> "ended" + replica.summary().exitCode().map(it -> " with " + it).orElse("");
          default -> "is " + replica.summary().state().word();
        };
    return new Wanted(target, running, new Reason(why), ready);
  }

  /// Stops the old container, removes it and gives its name to the new one.
  private void swap(Replacement it) {
    var after = new ArrayList<Integer>(beforeStart);
    after.add(it.create());
    for (String dependant : graph.dependants(it.service().name())) {
      after.addAll(stopDependant(dependant, it.service().name()));
    }
    List<Integer> before = after;
    if (it.old().running()) {
      before =
          List.of(
              plan.add(
                  new Operation.StopContainer(
                      Target.of(it.old()), options.grace(), true, it.reason()),
                  after));
    }
    int removed =
        plan.add(
            new Operation.RemoveContainer(Target.of(it.old()), false, false, true, it.reason()),
            before);
    it.ready()
        .add(
            plan.add(
                new Operation.RenameContainer(Target.planned(it.name()), it.reason()),
                List.of(removed)));
  }

  /// With `restart: true`, a dependant is stopped before what it depends on is replaced.
  private List<Integer> stopDependant(String name, String dependency) {
    Dependency how = service(name).dependsOn().get(dependency);
    if (how == null || !how.restart() || !options.start()) {
      return List.of();
    }
    var steps = new ArrayList<Integer>();
    List<Wanted> containers = wanted.getOrDefault(name, List.of());
    for (int i = 0; i < containers.size(); i++) {
      Wanted container = containers.get(i);
      if (!container.running()) {
        continue;
      }
      var why = new Reason(dependency + " is replaced");
      int stop =
          plan.add(
              new Operation.StopContainer(container.target(), options.grace(), false, why),
              beforeStart);
      steps.add(stop);
      containers.set(i, new Wanted(container.target(), false, why, List.of(stop)));
    }
    return steps;
  }

  /// @return steps that a dependant which only wants it started comes after
  private List<Integer> start(Service service, Map<String, List<Integer>> started) {
    var steps = new ArrayList<Integer>();
    List<Wanted> containers = wanted.getOrDefault(service.name(), List.of());
    if (containers.stream().allMatch(Wanted::running)) {
      return steps;
    }
    var conditions = new ArrayList<Integer>();
    service
        .dependsOn()
        .forEach(
            (name, dependency) -> conditions.addAll(await(service, name, dependency, started)));
    if (options.oneOff(service.name()).isPresent()) {
      return conditions;
    }
    for (Wanted container : containers) {
      if (container.running()) {
        continue;
      }
      var after = new ArrayList<Integer>(beforeStart);
      after.addAll(container.ready());
      after.addAll(conditions);
      boolean paused = container.why().text().equals("is " + ContainerState.PAUSED.word());
      steps.add(
          plan.add(
              paused
                  ? new Operation.UnpauseContainer(container.target(), container.why())
                  : new Operation.StartContainer(container.target(), container.why()),
              after));
    }
    return steps;
  }

  private List<Integer> await(
      Service service, String name, Dependency dependency, Map<String, List<Integer>> started) {
    List<Wanted> containers = wanted.get(name);
    if (containers == null || containers.isEmpty()) {
      return List.of(); // left out by --no-deps, scaled to zero, or not required
    }
    List<Integer> after = started.getOrDefault(name, List.of());
    if (dependency.condition() == Dependency.Condition.SERVICE_STARTED) {
      return after;
    }
    var steps = new ArrayList<Integer>();
    var why = new Reason(service.name() + " depends on it");
    for (Wanted container : containers) {
      String key = container.target().name() + " " + dependency.condition() + dependency.required();
      Integer known = waits.get(key);
      if (known == null) {
        known =
            plan.add(
                dependency.condition() == Dependency.Condition.SERVICE_HEALTHY
                    ? new Operation.AwaitHealthy(container.target(), dependency.required(), why)
                    : new Operation.AwaitCompleted(
                        container.target(), name, dependency.required(), why),
                after);
        waits.put(key, known);
      }
      steps.add(known);
    }
    return steps;
  }

  private void awaitService(String name, Map<String, List<Integer>> started) {
    boolean oneShot =
        graph.dependants(name).stream()
            .map(it -> service(it).dependsOn().get(name))
            .anyMatch(
                it ->
                    it != null
                        && it.condition() == Dependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY);
    var why = new Reason("--wait");
    for (Wanted container : wanted.getOrDefault(name, List.of())) {
      plan.add(
          oneShot
              ? new Operation.AwaitCompleted(container.target(), name, true, why)
              : new Operation.AwaitRunning(container.target(), true, why),
          started.getOrDefault(name, List.of()));
    }
  }
}
