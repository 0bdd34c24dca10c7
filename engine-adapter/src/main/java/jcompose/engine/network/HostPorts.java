package jcompose.engine.network;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.PortBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes ports of the host for containers. Each is held by a bound socket of this process, so that
/// no other program takes it, and so that a port which is busy is told before anything starts.
///
/// Of a port on all IPv4 and IPv6 addresses one socket holds both.
final class HostPorts {
  private static final int ATTEMPTS = 16;
  private static final Logger LOG = LoggerFactory.getLogger(HostPorts.class);

  // What is held: `protocol address port`.
  private final Set<String> held = new HashSet<>();

  /// Takes a port for each binding, or none.
  ///
  /// @param hostBinding the network's address for bindings that name none
  /// @throws EngineException.Conflict in Docker's words when one is busy
  List<HeldPort> take(List<PortBinding> bindings, Optional<String> hostBinding) {
    var taken = new ArrayList<HeldPort>();
    try {
      for (PortBinding binding : bindings) {
        taken.add(take(binding, hostBinding));
      }
      return List.copyOf(taken);
    } catch (RuntimeException e) {
      taken.forEach(this::free);
      throw e;
    }
  }

  /// Takes ports that were held before the daemon restarted.
  ///
  /// @param ports as they were published; those of one socket follow each other
  List<HeldPort> retake(List<Attachment.PublishedPort> ports) {
    var result = new ArrayList<HeldPort>();
    for (int i = 0; i < ports.size(); i++) {
      Attachment.PublishedPort port = ports.get(i);
      var addresses = new ArrayList<>(List.of(port.hostAddress()));
      if (i + 1 < ports.size() && pair(port, ports.get(i + 1))) {
        addresses.add("::");
        i++;
      }
      try {
        result.add(open(port.protocol(), port.containerPort(), addresses, port.hostPort()));
      } catch (EngineException e) {
        LOG.atWarn()
            .addKeyValue("port", port)
            .setCause(e)
            .log("a published port was taken while the engine was away");
      }
    }
    return result;
  }

  private static boolean pair(Attachment.PublishedPort first, Attachment.PublishedPort second) {
    return first.hostAddress().equals("0.0.0.0")
        && second.hostAddress().equals("::")
        && first.hostPort() == second.hostPort()
        && first.key().equals(second.key());
  }

  private HeldPort take(PortBinding binding, Optional<String> hostBinding) {
    String protocol = binding.containerPort().protocol();
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw new EngineException.Unsupported(
          "publishing " + binding.containerPort() + ": only tcp and udp ports can be published");
    }
    var addresses =
        binding
            .hostAddress()
            .filter(it -> !it.isEmpty())
            .or(() -> hostBinding.filter(it -> !it.equals("0.0.0.0"))) // IPv6 too, as on Docker
            .map(it -> List.of(canonical(it)))
            .orElseGet(() -> hasIpv6() ? List.of("0.0.0.0", "::") : List.of("0.0.0.0"));
    PortRange range = binding.hostPorts().map(PortRange::parse).orElse(PortRange.ANY);
    int containerPort = binding.containerPort().number();
    if (range.equals(PortRange.ANY)) {
      for (int attempt = 1; ; attempt++) {
        try {
          return open(protocol, containerPort, addresses, 0);
        } catch (EngineException.Conflict e) {
          if (attempt == ATTEMPTS) { // Free on one address, busy on another, that often.
            throw e;
          }
        }
      }
    }
    for (int port = range.first(); ; port++) {
      try {
        return open(protocol, containerPort, addresses, port);
      } catch (EngineException.Conflict e) {
        if (port == range.last()) {
          throw e;
        }
      }
    }
  }

  private HeldPort open(String protocol, int containerPort, List<String> addresses, int port) {
    // One at a time: of two that want the same port the second is told that it is allocated.
    synchronized (held) {
      for (String address : addresses) {
        if (port != 0 && isHeld(protocol, address, port)) {
          throw new EngineException.Conflict(
              "Bind for " + shown(address) + ":" + port + " failed: port is already allocated");
        }
      }
      String bind = addresses.getLast(); // `::` takes both families.
      HeldPort result;
      try {
        result = HeldPort.open(protocol, Cidr.literal(bind), port, containerPort, addresses);
      } catch (IOException e) {
        throw busy(protocol, addresses.getFirst(), port, e);
      }
      result.published().forEach(it -> held.add(key(protocol, it.hostAddress(), it.hostPort())));
      return result;
    }
  }

  private boolean isHeld(String protocol, String address, int port) {
    boolean six = address.contains(":");
    return held.contains(key(protocol, address, port))
        || held.contains(key(protocol, six ? "::" : "0.0.0.0", port));
  }

  void free(HeldPort port) {
    synchronized (held) {
      port.published()
          .forEach(it -> held.remove(key(it.protocol(), it.hostAddress(), it.hostPort())));
      port.close();
    }
  }

  private static EngineException busy(String protocol, String address, int port, IOException e) {
    String family = address.contains(":") ? "6" : "4";
    String what = "listen " + protocol + family + " " + shown(address) + ":" + port + ": bind: ";
    String reason = String.valueOf(e.getMessage());
    if (e instanceof BindException && reason.contains("in use")) {
      return new EngineException.Conflict(what + "address already in use");
    }
    if (e instanceof SocketException && reason.contains("ermission")) {
      return new EngineException.Denied(what + "permission denied");
    }
    if (reason.contains("Cannot assign")) {
      return new EngineException.Invalid(
          what + "cannot assign requested address: the host does not have this address");
    }
    return new EngineException.Failed(what + reason, e);
  }

  private static String canonical(String address) {
    try {
      InetAddress parsed = Cidr.literal(address);
      return Addresses.text(parsed);
    } catch (IllegalArgumentException e) {
      throw new EngineException.Invalid("invalid IP address in port binding: " + address);
    }
  }

  private static String shown(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static String key(String protocol, String address, int port) {
    return protocol + " " + address + " " + port;
  }

  private static boolean hasIpv6() {
    return java.nio.file.Files.exists(java.nio.file.Path.of("/proc/net/if_inet6"));
  }
}
