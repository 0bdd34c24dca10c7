package jcompose.engine.network;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.NetworkSpec;

/// The networks that an engine always has: `bridge`, `host` and `none`.
record PredefinedNetworks(NetworkTable networks, NetworkPlanner planner) {
  static final String DEFAULT = "bridge";

  /// Records those that are missing; nothing in the kernel is changed.
  ///
  /// @param bridge interface name of the default network
  void add(String bridge) {
    if (networks.lookup(DEFAULT).isEmpty()) {
      NetworkSpec spec =
          new NetworkSpec(
              DEFAULT,
              Optional.empty(),
              false,
              false,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Map.of(),
              List.of(),
              Map.of(
                  "com.docker.network.bridge.default_bridge", "true",
                  "com.docker.network.bridge.enable_icc", "true",
                  "com.docker.network.bridge.enable_ip_masquerade", "true",
                  "com.docker.network.bridge.host_binding_ipv4", "0.0.0.0",
                  "com.docker.network.bridge.name", bridge,
                  "com.docker.network.driver.mtu", "1500"),
              Map.of());
      networks.add(planner.plan(spec, NetworkRecord.newId(), Instant.now(), networks.list()));
    }
    addWithoutLinks("host", "host");
    addWithoutLinks("none", "null");
  }

  private void addWithoutLinks(String name, String driver) {
    if (networks.lookup(name).isEmpty()) {
      networks.add(
          new NetworkRecord(
              NetworkRecord.newId(),
              name,
              driver,
              Instant.now(),
              false,
              false,
              false,
              "default",
              Map.of(),
              List.of(),
              Map.of(),
              Map.of(),
              null));
    }
  }
}
