package jcompose.core.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.conversion.Names;
import jcompose.core.engine.Engine;
import jcompose.core.model.Project;
import jcompose.core.planning.ObservedState;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ImageDetails;

/// Reads what an engine has of a project: three lists and one look at each image, all at once.
public final class Observer {
  private final Engine engine;

  public Observer(Engine engine) {
    this.engine = engine;
  }

  /// Containers, networks, volumes, and the images that enabled services use.
  public ObservedState observe(Project project) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var replicas = threads.submit(() -> replicas(project.name()));
      var networks = threads.submit(() -> engine.networks().list(List.of()));
      var volumes = threads.submit(() -> engine.volumes().list(List.of()));
      var images = threads.submit(() -> images(project));
      return new ObservedState(get(replicas), get(networks), get(volumes), get(images));
    }
  }

  /// Containers, networks and volumes: what `down` takes away.
  public ObservedState resources(String project) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var replicas = threads.submit(() -> replicas(project));
      var networks = threads.submit(() -> engine.networks().list(List.of()));
      var volumes = threads.submit(() -> engine.volumes().list(List.of()));
      return new ObservedState(get(replicas), get(networks), get(volumes), Map.of());
    }
  }

  /// Containers alone: all that stop, logs, ps and the like ask for.
  public ObservedState containers(String project) {
    return new ObservedState(replicas(project), List.of(), List.of(), Map.of());
  }

  /// Images by the names that enabled services use; missing ones are left out.
  public Map<String, ImageDetails> images(Project project) {
    Set<String> names = new TreeSet<>();
    project.services().values().forEach(it -> names.add(Names.image(project, it)));
    Map<String, Future<Optional<ImageDetails>>> asked = new LinkedHashMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      names.forEach(it -> asked.put(it, threads.submit(() -> engine.images().find(it))));
    }
    var images = new LinkedHashMap<String, ImageDetails>();
    asked.forEach((name, answer) -> get(answer).ifPresent(it -> images.put(name, it)));
    return images;
  }

  private List<Replica> replicas(String project) {
    return engine.containers().list(List.of(ComposeLabels.PROJECT + "=" + project)).stream()
        .map(Replica::new)
        .toList();
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("interrupted while asking the engine");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
