package jcompose.core.planning;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jcompose.core.model.CanonicalService;
import jcompose.core.model.Dependency;
import jcompose.core.model.Healthcheck;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.model.ServiceMount;
import jcompose.core.model.ServiceNetworking;
import jcompose.core.model.ServiceProcess;
import jcompose.core.model.ServiceStorage;
import jcompose.core.model.Volume;

/// Small projects for tests.
public final class Projects {
  private Projects() {}

  public static Project project(String name, Service... services) {
    var all = new LinkedHashMap<String, Service>();
    var volumes = new LinkedHashMap<String, Volume>();
    for (Service service : services) {
      all.put(service.name(), service);
      for (ServiceMount mount : service.storage().volumes()) {
        if (mount instanceof ServiceMount.Named it && it.source().isPresent()) {
          String key = it.source().get();
          volumes.put(key, Volume.of(key, name + "_" + key));
        }
      }
    }
    return new Project(
        name,
        Path.of("/src/" + name),
        List.of(Path.of("/src/" + name + "/compose.yaml")),
        Map.of(),
        all,
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        volumes,
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        List.of());
  }

  @SafeVarargs
  public static Service service(String name, UnaryOperator<Draft>... changes) {
    var draft = new Draft(name);
    for (UnaryOperator<Draft> change : changes) {
      draft = change.apply(draft);
    }
    return draft.service();
  }

  public static UnaryOperator<Draft> command(String line) {
    return it -> {
      it.command = Optional.of(List.of("sh", "-c", line));
      return it;
    };
  }

  public static UnaryOperator<Draft> dependsOn(String name, Dependency.Condition condition) {
    return dependsOn(name, condition, false);
  }

  public static UnaryOperator<Draft> dependsOn(
      String name, Dependency.Condition condition, boolean restart) {
    return it -> {
      it.dependsOn.put(name, new Dependency(condition, restart, true));
      return it;
    };
  }

  public static UnaryOperator<Draft> scale(int replicas) {
    return it -> {
      it.scale = Optional.of(replicas);
      return it;
    };
  }

  public static UnaryOperator<Draft> healthcheck() {
    return it -> {
      it.health =
          Optional.of(
              new Healthcheck(
                  List.of("CMD", "true"),
                  false,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
      return it;
    };
  }

  public static UnaryOperator<Draft> volume(String key, String target) {
    return it -> {
      it.volumes.put(target, Optional.of(key));
      return it;
    };
  }

  public static UnaryOperator<Draft> networkMode(String mode) {
    return it -> {
      it.networkMode = Optional.of(mode);
      return it;
    };
  }

  /// A service in the making.
  public static final class Draft {
    private final String name;
    private Optional<List<String>> command = Optional.empty();
    private Optional<Integer> scale = Optional.empty();
    private Optional<Healthcheck> health = Optional.empty();
    private Optional<String> networkMode = Optional.empty();
    private final Map<String, Optional<String>> volumes = new LinkedHashMap<>();
    private final LinkedHashMap<String, Dependency> dependsOn = new LinkedHashMap<>();

    private Draft(String name) {
      this.name = name;
    }

    private Service service() {
      Service plain = Service.of(name, "busybox");
      ServiceProcess process = ServiceProcess.DEFAULT;
      ServiceNetworking networking = ServiceNetworking.DEFAULT;
      List<ServiceMount> mounts =
          volumes.entrySet().stream()
              .<ServiceMount>map(
                  it ->
                      new ServiceMount.Named(
                          it.getValue(),
                          it.getKey(),
                          false,
                          false,
                          Optional.empty(),
                          new LinkedHashMap<>()))
              .toList();
      return new Service(
          name,
          plain.image(),
          plain.build(),
          plain.pullPolicy(),
          plain.platform(),
          plain.containerName(),
          new ServiceProcess(
              command,
              process.entrypoint(),
              process.environment(),
              process.user(),
              process.groupAdd(),
              process.workingDir(),
              process.tty(),
              process.stdinOpen(),
              process.init(),
              process.stopSignal(),
              process.stopGracePeriod()),
          plain.isolation(),
          plain.limits(),
          new ServiceNetworking(
              networkMode,
              networking.networks(),
              networking.ports(),
              networking.expose(),
              networking.hostname(),
              networking.domainname(),
              networking.macAddress(),
              networking.dns(),
              networking.dnsSearch(),
              networking.dnsOpt(),
              networking.extraHosts(),
              networking.links(),
              networking.externalLinks()),
          new ServiceStorage(mounts, List.of(), List.of(), List.of(), List.of()),
          dependsOn,
          health,
          plain.restart(),
          plain.deploy(),
          scale,
          plain.attach(),
          plain.logging(),
          plain.labels(),
          plain.annotations(),
          plain.profiles(),
          plain.preStart(),
          plain.postStart(),
          plain.preStop(),
          plain.watch(),
          plain.provider(),
          plain.models(),
          new CanonicalService(
              name + command + networkMode + volumes + health.isPresent(),
              name + command + networkMode + volumes + health.isPresent() + dependsOn.keySet(),
              Map.of()));
    }
  }
}
