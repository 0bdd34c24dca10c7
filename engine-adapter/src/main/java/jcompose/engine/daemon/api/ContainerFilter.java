package jcompose.engine.daemon.api;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.HealthState;
import jcompose.engine.local.ContainerRecord;
import jcompose.engine.local.LocalContainers.View;
import jcompose.engine.local.LocalEngine;

/// The filters of the list of containers.
final class ContainerFilter {
  private static final Set<String> KNOWN =
      Set.of(
          "ancestor",
          "before",
          "expose",
          "exited",
          "health",
          "id",
          "isolation",
          "is-task",
          "label",
          "name",
          "network",
          "publish",
          "since",
          "status",
          "volume");

  private final Filters filters;
  private final LocalEngine engine;
  private final Optional<ContainerRecord> before;
  private final Optional<ContainerRecord> since;

  ContainerFilter(Filters filters, LocalEngine engine) {
    this.filters = filters.allow(KNOWN);
    this.engine = engine;
    this.before = record("before");
    this.since = record("since");
    for (String status : filters.values("status")) {
      try {
        ContainerState.of(status);
      } catch (IllegalArgumentException e) {
        throw new EngineException.Invalid("invalid filter 'status=" + status + "'");
      }
    }
  }

  private Optional<ContainerRecord> record(String name) {
    return filters.values(name).stream()
        .findFirst()
        .map(it -> engine.containers().view(it).record());
  }

  /// Some filters only make sense for containers that do not run.
  boolean impliesAll() {
    return filters.has("status")
        || filters.has("exited")
        || before.isPresent()
        || since.isPresent();
  }

  boolean accepts(View view) {
    ContainerRecord record = view.record();
    var state = record.state();
    Map<String, ?> networks = ContainerJson.networks(record);
    return filters.labels(record.merged().labels())
        && filters.any("id", it -> record.id().value().startsWith(it))
        && filters.any("name", it -> matches(it, record.name().value()))
        && filters.any("status", it -> state.status().word().equals(it))
        && filters.any("health", it -> health(state.health()).equals(it))
        && filters.any(
            "exited",
            it ->
                it.equals(Integer.toString(state.exitCode()))
                    && !state.running()
                    && state.everStarted())
        && filters.any("ancestor", it -> isFrom(record, it))
        && filters.any("volume", it -> mounts(record, it))
        && filters.any("network", it -> isOn(networks, it))
        && filters.any("publish", it -> publishes(record, it))
        && filters.any("expose", it -> exposes(record, it))
        && filters.any("is-task", it -> it.equals("false") || it.equals("0"))
        && filters.any("isolation", it -> it.equals("default"))
        && before.filter(it -> !record.created().isBefore(it.created())).isEmpty()
        && since.filter(it -> !record.created().isAfter(it.created())).isEmpty();
  }

  private static String health(HealthState health) {
    return health.name().toLowerCase(Locale.ROOT);
  }

  /// A regular expression found anywhere in the name, with or without its slash, as in dockerd.
  private static boolean matches(String pattern, String name) {
    if (pattern.equals(name) || pattern.equals("/" + name)) {
      return true;
    }
    try {
      Pattern compiled = Pattern.compile(pattern);
      return compiled.matcher("/" + name).find() || compiled.matcher(name).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private boolean isFrom(ContainerRecord record, String ancestor) {
    if (record.spec().image().equals(ancestor)) {
      return true;
    }
    var image = engine.images().store().find(ancestor);
    if (image.isEmpty()) {
      return false;
    }
    for (var id = Optional.of(record.imageId());
        id.isPresent();
        id = id.flatMap(it -> engine.images().store().find(it)).flatMap(it -> it.parent())) {
      if (id.get().equals(image.get().id())) {
        return true;
      }
    }
    return false;
  }

  private static boolean mounts(ContainerRecord record, String wanted) {
    return record.mounts().stream()
        .anyMatch(
            it ->
                it.name().equals(wanted)
                    || it.source().equals(wanted)
                    || it.target().equals(wanted));
  }

  private boolean isOn(Map<String, ?> networks, String wanted) {
    return networks.containsKey(wanted)
        || networks.keySet().stream()
            .anyMatch(
                it ->
                    engine.networks().records().stream()
                        .anyMatch(n -> n.name().equals(it) && n.id().startsWith(wanted)));
  }

  private static boolean publishes(ContainerRecord record, String port) {
    String number = port.split("/")[0];
    var attachment = record.attachment();
    return attachment != null
        && attachment.ports().stream()
            .anyMatch(
                it ->
                    Integer.toString(it.hostPort()).equals(number)
                        || Integer.toString(it.containerPort()).equals(number));
  }

  private static boolean exposes(ContainerRecord record, String port) {
    String wanted = port.contains("/") ? port : port + "/tcp";
    return record.merged().exposedPorts().stream()
        .map(ExposedPort::toString)
        .anyMatch(wanted::equals);
  }
}
