package jcompose.core.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.graph.DependencyGraph;
import jcompose.core.model.Build;
import jcompose.core.model.Port;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.model.ServiceMount;
import jcompose.core.picture.Picture.Arrow;
import jcompose.core.picture.Picture.Box;
import jcompose.core.picture.Picture.Live;
import jcompose.core.picture.Picture.Shared;
import jcompose.core.planning.Services;

/// Reads the picture out of a project.
public final class ProjectPicture {
  private ProjectPicture() {}

  /// The enabled services and what they share.
  public static Picture of(Project project) {
    return of(project, Map.of());
  }

  /// The same with states by service; a service without one shows none.
  public static Picture of(Project project, Map<String, Live> states) {
    DependencyGraph<String> graph = Services.graph(project);
    Map<String, Integer> waves = waves(graph);
    var boxes = new ArrayList<Box>();
    var arrows = new ArrayList<Arrow>();
    Set<String> joined = new LinkedHashSet<>();
    Set<String> mounted = new LinkedHashSet<>();
    for (Service service : project.services().values()) {
      List<String> volumes = volumes(service);
      joined.addAll(service.networking().networks().keySet());
      mounted.addAll(volumes);
      boxes.add(
          new Box(
              service.name(),
              waves.getOrDefault(service.name(), 1),
              source(project, service),
              service.replicas(),
              service.networking().ports().stream().map(ProjectPicture::port).toList(),
              networks(service),
              volumes,
              Optional.ofNullable(states.get(service.name()))));
      service
          .dependsOn()
          .forEach(
              (name, it) -> {
                if (project.services().containsKey(name)) {
                  arrows.add(
                      new Arrow(name, service.name(), it.condition(), it.required(), it.restart()));
                }
              });
    }
    return new Picture(
        project.name(),
        boxes,
        arrows,
        project.networks().values().stream()
            .filter(it -> joined.contains(it.key()))
            .map(it -> new Shared(it.key(), note(it.external(), it.internal())))
            .toList(),
        project.volumes().values().stream()
            .filter(it -> mounted.contains(it.key()))
            .map(it -> new Shared(it.key(), note(it.external(), false)))
            .toList());
  }

  /// How many services, one after another, have to be up before and with each: its wave.
  private static Map<String, Integer> waves(DependencyGraph<String> graph) {
    var waves = new HashMap<String, Integer>();
    for (String name : graph.order()) {
      int before = 0;
      for (String dependency : graph.dependencies(name)) {
        before = Math.max(before, waves.getOrDefault(dependency, 0));
      }
      waves.put(name, before + 1);
    }
    return waves;
  }

  private static String note(boolean external, boolean internal) {
    if (external) {
      return "external";
    }
    return internal ? "internal" : "";
  }

  private static String source(Project project, Service service) {
    if (service.provider().isPresent()) {
      return "provider " + service.provider().get().type();
    }
    return service
        .image()
        .orElseGet(() -> service.build().map(it -> "build " + context(project, it)).orElse(""));
  }

  private static String context(Project project, Build build) {
    String folder = project.workingDirectory().toString();
    if (build.context().equals(folder)) {
      return ".";
    }
    return build.context().startsWith(folder + "/")
        ? "." + build.context().substring(folder.length())
        : build.context();
  }

  private static String port(Port port) {
    String protocol = port.protocol().equals("tcp") ? "" : "/" + port.protocol();
    String address =
        port.hostIp()
            .filter(it -> !it.isEmpty() && !it.equals("0.0.0.0"))
            .map(it -> it.contains(":") ? "[" + it + "]:" : it + ":")
            .orElse("");
    return address + port.published().orElse("") + "→" + port.target() + protocol;
  }

  private static List<String> networks(Service service) {
    return service
        .networking()
        .networkMode()
        .map(List::of)
        .orElseGet(() -> List.copyOf(service.networking().networks().keySet()));
  }

  private static List<String> volumes(Service service) {
    return service.storage().volumes().stream()
        .filter(ServiceMount.Named.class::isInstance)
        .flatMap(it -> ((ServiceMount.Named) it).source().stream())
        .distinct()
        .toList();
  }
}
