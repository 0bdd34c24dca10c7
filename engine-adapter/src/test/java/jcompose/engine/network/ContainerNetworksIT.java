package jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.NameResolution;
import jcompose.core.resource.NetworkSpec;
import jcompose.core.resource.PortBinding;
import jcompose.core.testkit.Needs;
import jcompose.engine.host.netlink.NetworkNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real namespaces, real packets.
@Tag("root")
class ContainerNetworksIT {
  private static final String INSTANCE = "jctest" + ProcessHandle.current().pid();

  @TempDir Path folder;
  private ContainerNetworks networks;
  private final Map<ContainerId, TestNamespace> containers = new LinkedHashMap<>();

  @BeforeEach
  void open() {
    Needs.root();
    Needs.ROOT.check(
        TestNamespace.run("ip", "netns", "list").status() == 0
            && TestNamespace.run("nft", "--version").status() == 0,
        "needs ip (iproute2) and nft (nftables)");
    networks = opened();
    networks.recover(Map.of());
  }

  private ContainerNetworks opened() {
    return ContainerNetworks.open(
        NetworkSettings.of(folder, INSTANCE, NetworkSettings.DOCKER_POOLS));
  }

  @AfterEach
  void nothing_is_left() {
    if (networks == null) {
      return;
    }
    networks.dismantle();
    networks.close();
    containers.values().forEach(TestNamespace::close);
    assertThat(TestNamespace.run("ip", "link").output()).doesNotContain(INSTANCE + " ");
    assertThat(TestNamespace.run("nft", "list", "tables").output()).doesNotContain(INSTANCE);
  }

  @Test
  void containers_of_one_network_reach_each_other_by_name() {
    networks.create(NetworkSpec.bridge("shop", Map.of()));
    var web = run("web", List.of(), "shop");
    var client = run("client", List.of(), "shop");
    serve(web, "hello");

    String address = address("web");
    assertThat(fetch(client, address)).isEqualTo("hello");
    assertThat(lookup(client, "web")).contains(address);
    assertThat(lookup(client, "WEB-alias")).contains(address);
    assertThat(client.exec("busybox", "nslookup", address, "127.0.0.11").output())
        .contains("web.shop");
    assertThat(lookup(client, "nobody")).contains("NXDOMAIN");
  }

  @Test
  void networks_do_not_reach_each_other() {
    networks.create(NetworkSpec.bridge("front", Map.of()));
    networks.create(NetworkSpec.bridge("back", Map.of()));
    var web = run("web", List.of(), "front");
    var other = run("other", List.of(), "back");
    var both = run("both", List.of(), "front", "back");
    serve(web, "hello");

    assertThat(fetch(other, address("web"))).contains("no answer");
    assertThat(other.exec("busybox", "ping", "-c1", "-W1", address("web")).status()).isNotZero();
    assertThat(lookup(other, "web")).contains("NXDOMAIN");
    assertThat(fetch(both, address("web"))).isEqualTo("hello");
  }

  @Test
  void an_internal_network_has_no_way_out() {
    networks.create(
        new NetworkSpec(
            "vault",
            Optional.empty(),
            true,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of()));
    networks.create(NetworkSpec.bridge("front", Map.of()));
    var web = run("web", List.of(), "front");
    serve(web, "hello");
    var safe = run("safe", List.of(), "vault");

    assertThat(safe.exec("ip", "route").output()).doesNotContain("default");
    // Nor when it gives itself a route.
    String gateway = networks.find("vault").subnets().getFirst().gateway();
    safe.exec("ip", "route", "add", "default", "via", gateway);
    assertThat(fetch(safe, address("web"))).contains("no answer");
    assertThat(lookup(safe, "example.org")).contains("SERVFAIL");
  }

  @Test
  void a_published_port_is_reached_from_everywhere() throws Exception {
    networks.create(NetworkSpec.bridge("front", Map.of()));
    networks.create(NetworkSpec.bridge("back", Map.of()));
    var web = run("web", List.of(publish(80, "", "")), "front");
    serve(web, "hello");
    var other = run("other", List.of(), "back");
    var neighbour = run("neighbour", List.of(), "front");
    int port = attachment("web").ports().getFirst().hostPort();
    String host = hostAddress();

    assertThat(fetchFromHost("127.0.0.1:" + port)).isEqualTo("hello");
    assertThat(fetchFromHost("[::1]:" + port)).isEqualTo("hello");
    assertThat(fetchFromHost(host + ":" + port)).isEqualTo("hello");
    assertThat(fetch(other, host + ":" + port)).isEqualTo("hello");
    assertThat(fetch(neighbour, host + ":" + port)).isEqualTo("hello");
    assertThat(fetch(web, host + ":" + port)).isEqualTo("hello");

    networks.release(id("web"));
    assertThat(fetchFromHost("127.0.0.1:" + port)).contains("no answer");
    try (var free = new ServerSocket(port)) {
      assertThat(free.isBound()).isTrue();
    }
  }

  @Test
  void a_busy_port_is_told_before_anything_starts() throws Exception {
    networks.create(NetworkSpec.bridge("front", Map.of()));
    try (var busy = new ServerSocket(0)) {
      String port = Integer.toString(busy.getLocalPort());
      assertThatThrownBy(() -> reserve("web", List.of(publish(80, "", port)), "front"))
          .isInstanceOf(EngineException.Conflict.class)
          .hasMessageContaining("listen tcp4 0.0.0.0:" + port + ": bind: address already in use");
    }
    reserve("one", List.of(publish(80, "127.0.0.1", "0")), "front");
    String port = Integer.toString(attachment("one").ports().getFirst().hostPort());
    assertThatThrownBy(() -> reserve("two", List.of(publish(80, "127.0.0.1", port)), "front"))
        .hasMessageContaining("Bind for 127.0.0.1:" + port + " failed: port is already allocated");
    assertThat(networks.attachment(id("two"))).isEmpty();
  }

  @Test
  void all_is_put_back_after_a_crash_and_a_flush() {
    networks.create(NetworkSpec.bridge("shop", Map.of()));
    var web = run("web", List.of(publish(80, "", "")), "shop");
    var gone = run("gone", List.of(), "shop");
    serve(web, "hello");
    Attachment kept = attachment("web");
    int port = kept.ports().getFirst().hostPort();
    networks.close(); // What a kill leaves: no sockets, the kernel's state.
    assertThat(gone.path()).exists();
    TestNamespace.run("nft", "delete", "table", "inet", INSTANCE);
    TestNamespace.run(
        "ip", "link", "delete", Objects.requireNonNull(networks.find("shop").bridge()));

    networks = opened();
    networks.recover(Map.of(kept, web.path()));

    assertThat(fetchFromHost("127.0.0.1:" + port)).isEqualTo("hello");
    assertThat(lookup(web, "web")).contains(address("web"));
    assertThat(TestNamespace.run("ip", "link").output())
        .contains(kept.endpoints().getFirst().hostInterface())
        .contains(INSTANCE + " endpoint")
        .containsOnlyOnce(INSTANCE + " endpoint");
  }

  @Test
  void a_running_container_joins_and_leaves_a_network() {
    networks.create(NetworkSpec.bridge("front", Map.of()));
    networks.create(NetworkSpec.bridge("back", Map.of()));
    var web = run("web", List.of(), "front");
    var database = run("database", List.of(), "back");
    serve(database, "rows");

    networks.attach(id("web"), "back", EndpointSpec.DEFAULT.withAliases(List.of("www")));
    assertThat(fetch(web, address("database"))).isEqualTo("rows");
    assertThat(lookup(database, "www"))
        .contains(String.valueOf(attachment("web").endpoints().get(1).ipv4()));
    assertThatThrownBy(() -> networks.remove("back")).hasMessageContaining("active endpoints");

    networks.detach(id("web"), "back");
    assertThat(fetch(web, address("database"))).contains("no answer");
    assertThat(lookup(database, "www")).contains("NXDOMAIN");
    networks.release(id("database"));
    networks.remove("back");
    assertThat(networks.lookup("back")).isEmpty();
  }

  @Test
  void a_container_cannot_send_as_another_or_reach_the_loopback_of_the_host() throws Exception {
    networks.create(NetworkSpec.bridge("front", Map.of()));
    var web = run("web", List.of(), "front");
    String gateway = networks.find("front").subnets().getFirst().gateway();
    assertThat(web.exec("busybox", "ping", "-c1", "-W1", gateway).status()).isZero();

    web.exec("ip", "address", "add", "10.99.99.9/32", "dev", "eth0");
    assertThat(web.exec("busybox", "ping", "-c1", "-W1", "-I", "10.99.99.9", gateway).status())
        .isNotZero();
    try (var local = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      web.exec("ip", "address", "delete", "127.0.0.1/8", "dev", "lo");
      web.exec("busybox", "sysctl", "-w", "net.ipv4.conf.eth0.route_localnet=1");
      web.exec("ip", "route", "add", "127.0.0.1", "via", gateway);
      assertThat(fetch(web, "127.0.0.1:" + local.getLocalPort())).doesNotContain("hello");
    }
  }

  @Test
  void ipv6_networks_work_and_publish() throws Exception {
    networks.create(
        new NetworkSpec(
            "six",
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.of(true),
            Optional.empty(),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of()));
    var web = run("web", List.of(publish(80, "", "")), "six");
    var client = run("client", List.of(), "six");
    serve(web, "hello");
    int port = attachment("web").ports().getFirst().hostPort();
    String six = String.valueOf(attachment("web").endpoints().getFirst().ipv6());
    assertThat(client.exec("busybox", "ping", "-6", "-c1", "-W1", six).status()).isZero();
    assertThat(fetch(client, "[" + six + "]")).isEqualTo("hello");
    assertThat(fetchFromHost("[::1]:" + port)).isEqualTo("hello");
    String gateway = networks.find("six").subnets().get(1).gateway();
    assertThat(fetchFromHost("[" + gateway + "]:" + port)).isEqualTo("hello");
    assertThat(fetch(client, "[" + gateway + "]:" + port)).isEqualTo("hello");
    assertThat(fetch(web, "[" + gateway + "]:" + port)).isEqualTo("hello");
    assertThat(web.exec("ip", "-6", "route").output()).contains("default via " + gateway);
    assertThat(lookup(client, "web")).contains(six);
  }

  @Test
  void datagrams_reach_a_published_port() throws Exception {
    networks.create(NetworkSpec.bridge("front", Map.of()));
    var echo =
        run(
            "echo",
            List.of(new PortBinding(new ExposedPort(7, "udp"), Optional.empty(), Optional.empty())),
            "front");
    answerDatagrams(echo, 7);
    int port = attachment("echo").ports().getFirst().hostPort();
    for (String host : List.of("127.0.0.1", "::1", hostAddress())) {
      try (var socket = new DatagramSocket()) {
        socket.setSoTimeout(2000);
        socket.connect(Cidr.literal(host), port);
        socket.send(new DatagramPacket("ping".getBytes(StandardCharsets.UTF_8), 4));
        var packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
            .isEqualTo("ping");
      }
    }
  }

  /// Sends back what comes to a port of a container, until the test process ends.
  private static void answerDatagrams(TestNamespace container, int port) {
    try (var namespace = NetworkNamespace.open(container.path())) {
      var socket = namespace.call(() -> new DatagramSocket(port));
      Thread.startVirtualThread(
          () -> {
            var packet = new DatagramPacket(new byte[512], 512);
            try (socket) {
              for (int i = 0; i < 3; i++) {
                socket.receive(packet);
                socket.send(packet);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static PortBinding publish(int port, String address, String hostPorts) {
    return new PortBinding(
        new ExposedPort(port, "tcp"), Optional.of(address), Optional.of(hostPorts));
  }

  private static ContainerId id(String name) {
    return new ContainerId(String.format("%-64s", HexName.of(name)).replace(' ', '0'));
  }

  private Attachment reserve(String name, List<PortBinding> ports, String... on) {
    var specs = new LinkedHashMap<String, EndpointSpec>();
    for (String network : on) {
      specs.put(network, EndpointSpec.DEFAULT.withAliases(List.of(name + "-alias")));
    }
    return networks.reserve(
        new AttachmentSpec(
            id(name),
            new ContainerName(name),
            name + "-host",
            specs,
            ports,
            NameResolution.DEFAULT));
  }

  private TestNamespace run(String name, List<PortBinding> ports, String... on) {
    reserve(name, ports, on);
    var namespace = new TestNamespace(INSTANCE + name);
    containers.put(id(name), namespace);
    networks.connect(id(name), namespace.path());
    return namespace;
  }

  private Attachment attachment(String name) {
    return networks.attachment(id(name)).orElseThrow();
  }

  private String address(String name) {
    return Objects.requireNonNull(attachment(name).endpoints().getFirst().ipv4());
  }

  private void serve(TestNamespace container, String text) {
    try {
      Path root = Files.createDirectories(folder.resolve("www-" + text));
      Files.writeString(root.resolve("index.html"), text);
      container.start("busybox", "httpd", "-f", "-p", "80", "-h", root.toString());
      for (int i = 0; i < 100; i++) {
        if (container.exec("busybox", "wget", "-qO-", "http://127.0.0.1/").status() == 0) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the test's server does not start");
  }

  private static String fetch(TestNamespace from, String host) {
    return from.exec(fetching(host)).output();
  }

  private static String fetchFromHost(String host) {
    return TestNamespace.run(fetching(host)).output();
  }

  private static String[] fetching(String host) {
    String fetch = "busybox timeout 1 busybox wget -qO- http://" + host + "/ || echo no answer";
    return new String[] {"/bin/busybox", "sh", "-c", fetch};
  }

  private static String lookup(TestNamespace from, String name) {
    return from.exec("busybox", "nslookup", name, "127.0.0.11").output();
  }

  private static String hostAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .filter(it -> !it.getName().startsWith("j") && !it.getName().startsWith("br-"))
        .flatMap(NetworkInterface::inetAddresses)
        .filter(it -> it instanceof java.net.Inet4Address && !it.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst()
        .orElseThrow();
  }

  /// A container id that a name leads to.
  private static final class HexName {
    static String of(String name) {
      return java.util.HexFormat.of()
          .formatHex(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
