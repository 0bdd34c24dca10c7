package jcompose.core.usecase;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.engine.Engine;
import jcompose.core.planning.Operation;
import jcompose.core.planning.Plan;
import jcompose.core.planning.PlanRefused;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.PortBinding;

/// Looks for busy ports before anything is created, and says who has them. Ports that were taken in
/// the meantime are still refused by the engine.
final class PortCheck {
  private final Engine engine;

  PortCheck(Engine engine) {
    this.engine = engine;
  }

  /// One port of the host that must be free.
  private record HostPort(String address, int number, String protocol) {
    boolean overlaps(HostPort other) {
      return number == other.number
          && protocol.equals(other.protocol)
          && (isAny() || other.isAny() || address.equals(other.address));
    }

    private boolean isAny() {
      return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    }

    @Override
    public String toString() {
      return (isAny() ? "0.0.0.0" : address) + ":" + number;
    }
  }

  /// @throws PlanRefused when a port of a container to be created is taken by something that stays
  void check(Plan plan) {
    Map<HostPort, String> wanted = wanted(plan);
    if (wanted.isEmpty()) {
      return;
    }
    Set<ContainerId> leaving = leaving(plan);
    Map<HostPort, Boolean> held = new HashMap<>();
    for (ContainerSummary container : engine.containers().list(List.of())) {
      for (var published : container.ports()) {
        if (published.hostPort().isEmpty()) {
          continue;
        }
        var port =
            new HostPort(
                published.hostAddress().orElse(""),
                published.hostPort().get(),
                published.containerPort().protocol());
        boolean leaves = leaving.contains(container.id());
        held.put(port, leaves);
        if (!leaves) {
          wanted.forEach(
              (want, owner) -> {
                if (want.overlaps(port)) {
                  throw refused(want, owner, "by container " + describe(container));
                }
              });
        }
      }
    }
    if (!engine.info().local()) {
      return;
    }
    wanted.forEach(
        (want, owner) -> {
          boolean ours = held.keySet().stream().anyMatch(want::overlaps);
          if (!ours && isBusy(want)) {
            throw refused(want, owner, "by a process of this host");
          }
        });
  }

  private static Map<HostPort, String> wanted(Plan plan) {
    var wanted = new LinkedHashMap<HostPort, String>();
    for (Plan.Step step : plan.steps()) {
      if (!(step.operation() instanceof Operation.CreateContainer create)) {
        continue;
      }
      for (PortBinding binding : create.spec().ports()) {
        Optional<String> fixed = binding.hostPorts().filter(it -> it.matches("[0-9]+"));
        if (fixed.isEmpty()) {
          continue;
        }
        var port =
            new HostPort(
                binding.hostAddress().orElse(""),
                Integer.parseInt(fixed.get()),
                binding.containerPort().protocol());
        String name = create.name().value();
        for (var other : wanted.entrySet()) {
          if (other.getKey().overlaps(port)) {
            throw refused(port, name, "by container " + other.getValue() + " of the same project");
          }
        }
        wanted.put(port, name);
      }
    }
    return wanted;
  }

  private static Set<ContainerId> leaving(Plan plan) {
    var leaving = new HashSet<ContainerId>();
    for (Plan.Step step : plan.steps()) {
      if (step.operation() instanceof Operation.RemoveContainer remove) {
        remove.target().id().ifPresent(leaving::add);
      }
    }
    return leaving;
  }

  private static String describe(ContainerSummary container) {
    String project = container.labels().get(ComposeLabels.PROJECT);
    return container.name() + (project == null ? "" : " (project " + project + ")");
  }

  private static PlanRefused refused(HostPort port, String container, String who) {
    return new PlanRefused(
        "container "
            + container
            + ": Bind for "
            + port
            + " failed: port is already allocated "
            + who
            + "; stop it, or publish another port");
  }

  private static boolean isBusy(HostPort port) {
    try {
      InetAddress address = port.isAny() ? null : InetAddress.getByName(port.address());
      if (port.protocol().equals("udp")) {
        new DatagramSocket(new InetSocketAddress(address, port.number())).close();
      } else if (port.protocol().equals("tcp")) {
        try (var socket = new ServerSocket()) {
          socket.setReuseAddress(true); // connections in TIME_WAIT do not keep a port
          socket.bind(new InetSocketAddress(address, port.number()));
        }
      }
      return false;
    } catch (java.net.BindException e) {
      // no right to a low port, or no such address here, says nothing of who has it
      return String.valueOf(e.getMessage()).contains("already in use");
    } catch (IOException e) {
      return false;
    }
  }
}
