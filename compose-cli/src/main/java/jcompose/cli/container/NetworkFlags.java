package jcompose.cli.container;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.settings.UsageError;
import jcompose.core.loading.PortText;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.NameResolution;
import jcompose.core.resource.PortBinding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Networks, ports and names of a container.
final class NetworkFlags {
  @Option(
      names = {"--network", "--net"},
      paramLabel = "network",
      description = "Connect a container to a network (name, or name=…,alias=…,ip=…)")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = {"--network-alias", "--net-alias"},
      paramLabel = "list",
      description = "Add network-scoped alias for the container")
  private List<String> aliases = new ArrayList<>();

  @Option(names = "--ip", paramLabel = "string", description = "IPv4 address (172.30.100.104)")
  private @Nullable String ipv4;

  @Option(names = "--ip6", paramLabel = "string", description = "IPv6 address (2001:db8::33)")
  private @Nullable String ipv6;

  @Option(
      names = "--link-local-ip",
      paramLabel = "list",
      description = "Container IPv4/IPv6 link-local addresses")
  private List<String> linkLocal = new ArrayList<>();

  @Option(names = "--link", paramLabel = "list", description = "Add link to another container")
  private List<String> links = new ArrayList<>();

  @Option(
      names = "--mac-address",
      paramLabel = "string",
      description = "Container MAC address (92:d0:c6:0a:29:33)")
  private @Nullable String macAddress;

  @Option(
      names = {"-p", "--publish"},
      paramLabel = "list",
      description = "Publish a container's port(s) to the host")
  private List<String> published = new ArrayList<>();

  @Option(
      names = {"-P", "--publish-all"},
      description = "Publish all exposed ports to random ports")
  private boolean publishAll;

  @Option(
      names = "--expose",
      paramLabel = "list",
      description = "Expose a port or a range of ports")
  private List<String> exposed = new ArrayList<>();

  @Option(names = "--dns", paramLabel = "list", description = "Set custom DNS servers")
  private List<String> servers = new ArrayList<>();

  @Option(
      names = "--dns-search",
      paramLabel = "list",
      description = "Set custom DNS search domains")
  private List<String> search = new ArrayList<>();

  @Option(
      names = {"--dns-option", "--dns-opt"},
      paramLabel = "list",
      description = "Set DNS options")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--add-host",
      paramLabel = "list",
      description = "Add a custom host-to-IP mapping (host:ip or host=ip)")
  private List<String> hosts = new ArrayList<>();

  boolean publishAll() {
    return publishAll;
  }

  /// `host`, `none`, `bridge`, `container:NAME`; absent when there are networks of names.
  Optional<String> mode() {
    return networks.size() == 1 && isMode(networks.getFirst())
        ? Optional.of(networks.getFirst())
        : Optional.empty();
  }

  private static boolean isMode(String network) {
    return List.of("host", "none", "bridge", "default").contains(network)
        || network.startsWith("container:");
  }

  /// By name, in the order of the flags; flags for one endpoint hold for the first.
  Map<String, EndpointSpec> endpoints() {
    var endpoints = new LinkedHashMap<String, EndpointSpec>();
    EndpointSpec first =
        new EndpointSpec(
            aliases,
            links,
            Values.text(ipv4),
            Values.text(ipv6),
            linkLocal,
            Values.text(macAddress),
            0,
            Optional.empty(),
            Map.of());
    boolean own = !first.equals(EndpointSpec.DEFAULT);
    if (mode().isPresent() || networks.isEmpty()) {
      if (own) {
        endpoints.put(mode().filter(it -> !it.equals("default")).orElse("bridge"), first);
      }
      return endpoints;
    }
    for (String network : networks) {
      endpoint(network, endpoints.isEmpty() ? first : EndpointSpec.DEFAULT, endpoints);
    }
    return endpoints;
  }

  /// A name, or `name=…,alias=…,ip=…,driver-opt=…`.
  private static void endpoint(
      String flag, EndpointSpec usual, Map<String, EndpointSpec> endpoints) {
    if (!flag.contains("=")) {
      add(flag, usual, endpoints);
      return;
    }
    String name = "";
    var aliases = new ArrayList<>(usual.aliases());
    Optional<String> ipv4 = usual.ipv4Address();
    Optional<String> ipv6 = usual.ipv6Address();
    Optional<String> mac = usual.macAddress();
    var linkLocal = new ArrayList<>(usual.linkLocalAddresses());
    int priority = 0;
    var driverOptions = new LinkedHashMap<String, String>();
    for (String field : Fields.of(flag)) {
      int equals = field.indexOf('=');
      String value = field.substring(equals + 1);
      switch (field.substring(0, Math.max(0, equals))) {
        case "name" -> name = value;
        case "alias" -> aliases.add(value);
        case "ip" -> ipv4 = Optional.of(value);
        case "ip6" -> ipv6 = Optional.of(value);
        case "mac-address" -> mac = Optional.of(value);
        case "link-local-ip" -> linkLocal.add(value);
        case "gw-priority" -> priority = (int) Values.number("gw-priority", value);
        case "driver-opt" -> {
          int second = value.indexOf('=');
          if (second < 1) {
            throw new UsageError("invalid key value pair format in driver options");
          }
          driverOptions.put(value.substring(0, second), value.substring(second + 1));
        }
        default -> throw new UsageError("invalid field " + field + " in --network " + flag);
      }
    }
    add(
        name,
        new EndpointSpec(
            aliases,
            usual.links(),
            ipv4,
            ipv6,
            linkLocal,
            mac,
            priority,
            Optional.empty(),
            driverOptions),
        endpoints);
  }

  private static void add(String name, EndpointSpec endpoint, Map<String, EndpointSpec> endpoints) {
    if (name.isEmpty()) {
      throw new UsageError("--network: a network needs a name");
    }
    if (endpoints.putIfAbsent(name, endpoint) != null) {
      throw new UsageError("network \"" + name + "\" is specified multiple times");
    }
  }

  /// Those of flags; with `-P` also what flags or the image expose, which get any port of the host.
  List<PortBinding> ports(List<ExposedPort> byImage) {
    var bindings = new ArrayList<>(ports());
    if (publishAll) {
      var others = new LinkedHashSet<>(exposed());
      others.addAll(byImage);
      bindings.forEach(it -> others.remove(it.containerPort()));
      others.forEach(it -> bindings.add(new PortBinding(it, Optional.empty(), Optional.empty())));
    }
    return bindings;
  }

  private List<PortBinding> ports() {
    return published.stream()
        .flatMap(it -> parsed(it).stream())
        .map(
            it ->
                new PortBinding(
                    new ExposedPort(it.target(), it.protocol()), it.hostIp(), it.published()))
        .toList();
  }

  List<ExposedPort> exposed() {
    var ports = new LinkedHashSet<ExposedPort>();
    for (String flag : exposed) {
      if (flag.contains(":")) {
        throw new UsageError("invalid port format for --expose: " + flag);
      }
      parsed(flag).forEach(it -> ports.add(new ExposedPort(it.target(), it.protocol())));
    }
    ports().forEach(it -> ports.add(it.containerPort()));
    return List.copyOf(ports);
  }

  private static List<PortText> parsed(String flag) {
    return PortText.parse(flag).getOrElseThrow(why -> new UsageError(why));
  }

  NameResolution names() {
    return new NameResolution(
        servers, search, options, hosts.stream().map(NetworkFlags::host).toList());
  }

  /// `name:address`, also for `name=address`.
  private static String host(String flag) {
    int equals = flag.indexOf('=');
    int colon = flag.indexOf(':');
    int cut = equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
    if (cut < 1 || cut == flag.length() - 1) {
      throw new UsageError("bad format for add-host: \"" + flag + "\"");
    }
    return flag.substring(0, cut) + ":" + flag.substring(cut + 1);
  }
}
