package jcompose.core.conversion;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jcompose.core.model.Port;
import jcompose.core.model.Service;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.PortBinding;

/// Ports that a container offers, and those the host passes on.
public final class PortConversion {
  private PortConversion() {}

  static List<PortBinding> published(Service service) {
    return service.networking().ports().stream()
        .map(it -> new PortBinding(containerPort(it), it.hostIp(), it.published()))
        .toList();
  }

  static List<ExposedPort> exposed(Service service) {
    Set<ExposedPort> ports = new LinkedHashSet<>();
    service.networking().expose().forEach(it -> ports.addAll(range(it)));
    service.networking().ports().forEach(it -> ports.add(containerPort(it)));
    return new ArrayList<>(ports);
  }

  private static ExposedPort containerPort(Port port) {
    return new ExposedPort(port.target(), port.protocol());
  }

  /// `80`, `80/udp` or `8000-8010/tcp`.
  private static List<ExposedPort> range(String text) {
    int slash = text.indexOf('/');
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    String numbers = slash < 0 ? text : text.substring(0, slash);
    int dash = numbers.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? numbers : numbers.substring(0, dash));
    int last = dash < 0 ? first : Integer.parseInt(numbers.substring(dash + 1));
    var ports = new ArrayList<ExposedPort>();
    for (int number = first; number <= last; number++) {
      ports.add(new ExposedPort(number, protocol));
    }
    return ports;
  }
}
