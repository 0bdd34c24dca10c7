package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.NetworkSpec;
import jcompose.core.resource.PortBinding;
import org.junit.jupiter.api.Test;

/// Networks, the names in them, and published ports.
public interface NetworkContract extends ContractScene {
  @Test
  default void a_network_is_listed_by_its_labels_until_it_is_removed() {
    String name = network();
    assertThat(engine().networks().list(LABEL_FILTER))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.name()).isEqualTo(name);
              assertThat(it.driver()).isEqualTo("bridge");
              assertThat(it.internal()).isFalse();
              assertThat(it.labels()).containsAllEntriesOf(LABELS);
            });
    engine().networks().remove(name);
    assertThat(engine().networks().list(LABEL_FILTER)).isEmpty();
    assertThatThrownBy(() -> engine().networks().remove(name))
        .isInstanceOf(EngineException.NotFound.class);
  }

  @Test
  default void a_network_name_is_taken_once() {
    String name = network();
    assertThatThrownBy(() -> engine().networks().create(NetworkSpec.bridge(name, LABELS)))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining(name);
  }

  @Test
  default void a_network_in_use_is_not_removed() {
    String name = network();
    ContainerId id = start(on(sleeper(), name));
    assertThatThrownBy(() -> engine().networks().remove(name))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("active endpoints");
    engine().containers().remove(id, true, true);
    engine().networks().remove(name);
  }

  @Test
  default void a_missing_network_is_named() {
    ContainerSpec.Builder spec = on(sleeper(), "contract-missing-network");
    assertThatThrownBy(() -> start(spec))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessageContaining("contract-missing-network");
  }

  @Test
  default void containers_of_a_network_find_each_other_by_name_and_alias() {
    String network = network();
    var web = new ContainerName(freshName());
    ContainerSpec server =
        networked(shell("echo hello > /srv/index.html; exec httpd -f -p 80 -h /srv"))
            .networks(Map.of(network, EndpointSpec.DEFAULT.withAliases(List.of("web"))))
            .build();
    ContainerId id = engine().containers().create(web, server);
    engine().containers().start(id);
    ContainerId client = start(on(sleeper(), network));
    for (String name : List.of("web", web.value(), id.shortId())) {
      await(
          "an answer from " + name,
          () -> exec(client, "wget", "-q", "-O", "-", "http://" + name).stdout().equals("hello\n"));
    }
    String address = engine().containers().inspect(id).addresses().get(network);
    assertThat(exec(client, "nslookup", "web").stdout()).contains(address);
    assertThat(summary(id).networks()).containsExactly(network);
  }

  @Test
  default void an_unknown_name_is_not_found() {
    ContainerId client = start(on(sleeper(), network()));
    assertThat(exec(client, "wget", "-q", "-T", "5", "-O", "-", "http://no-such-host").exitCode())
        .isNotEqualTo(new ExitCode(0));
  }

  @Test
  default void containers_of_different_networks_do_not_reach_each_other() {
    String first = network();
    ContainerId server = start(on(shell("exec httpd -f -p 80 -h /seed"), first));
    ContainerId client = start(on(sleeper(), network()));
    String address = engine().containers().inspect(server).addresses().get(first);
    String url = "http://" + address + "/file";
    assertThat(exec(client, "wget", "-q", "-T", "2", "-O", "-", url).exitCode())
        .isNotEqualTo(new ExitCode(0));
  }

  @Test
  default void a_container_may_be_on_several_networks() {
    Map<String, EndpointSpec> networks = new LinkedHashMap<>();
    networks.put(network(), EndpointSpec.DEFAULT);
    networks.put(network(), EndpointSpec.DEFAULT.withAliases(List.of("second")));
    ContainerId id = start(networked(sleeper()).networks(networks));
    assertThat(summary(id).networks()).containsExactlyInAnyOrderElementsOf(networks.keySet());
    assertThat(engine().containers().inspect(id).addresses().keySet())
        .containsExactlyInAnyOrderElementsOf(networks.keySet());
  }

  @Test
  default void a_running_container_joins_and_leaves_a_network() {
    String first = network();
    String second = network();
    ContainerId server = start(on(shell("exec httpd -f -p 80 -h /seed"), first));
    ContainerId client = start(on(sleeper(), second));
    engine()
        .containers()
        .connect(server, second, EndpointSpec.DEFAULT.withAliases(List.of("late")));
    await(
        "an answer",
        () ->
            exec(client, "wget", "-q", "-O", "-", "http://late/file")
                .stdout()
                .equals("from the image\n"));
    engine().containers().disconnect(server, second, false);
    assertThat(summary(server).networks()).containsExactly(first);
    assertThat(exec(client, "nslookup", "late").exitCode()).isNotEqualTo(new ExitCode(0));
  }

  @Test
  default void a_subnet_and_an_address_may_be_chosen() {
    String name = freshName();
    engine()
        .networks()
        .create(
            new NetworkSpec(
                name,
                Optional.of("bridge"),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(
                    new NetworkSpec.AddressPool(
                        Optional.of("10.213.77.0/24"),
                        Optional.of("10.213.77.254"),
                        Optional.empty(),
                        Map.of())),
                Map.of(),
                LABELS));
    var endpoint =
        new EndpointSpec(
            List.of(),
            List.of(),
            Optional.of("10.213.77.9"),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            0,
            Optional.empty(),
            Map.of());
    ContainerId id = start(networked(sleeper()).networks(Map.of(name, endpoint)));
    assertThat(engine().containers().inspect(id).addresses())
        .containsExactly(Map.entry(name, "10.213.77.9"));
    assertThat(exec(id, "ip", "route").stdout()).contains("default via 10.213.77.254");
  }

  @Test
  default void an_internal_network_has_no_way_out() {
    String name = freshName();
    engine()
        .networks()
        .create(
            new NetworkSpec(
                name,
                Optional.empty(),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                LABELS));
    ContainerId id = start(on(sleeper(), name));
    assertThat(exec(id, "ip", "route").stdout()).doesNotContain("default");
  }

  @Test
  default void a_published_port_is_reached_through_loopback() throws IOException {
    assumeTrue(engine().info().local(), "the engine runs on another host");
    var binding =
        new PortBinding(new ExposedPort(80, "tcp"), Optional.of("127.0.0.1"), Optional.empty());
    ContainerId id =
        start(on(shell("exec httpd -f -p 80 -h /seed"), network()).ports(List.of(binding)));
    int port =
        summary(id).ports().stream()
            .flatMap(it -> it.hostPort().stream())
            .findFirst()
            .orElseThrow();
    await("an answer", () -> answer(port).endsWith("from the image\n"));
    engine().containers().stop(id, Optional.of(Duration.ZERO));
    await("no answer", () -> answer(port).isEmpty());
  }

  @Test
  default void a_taken_host_port_fails_the_start() {
    String network = network();
    ContainerId first = start(on(sleeper(), network).ports(List.of(loopback(Optional.empty()))));
    int port =
        summary(first).ports().stream()
            .flatMap(it -> it.hostPort().stream())
            .findFirst()
            .orElseThrow();
    ContainerSpec.Builder second =
        on(sleeper(), network).ports(List.of(loopback(Optional.of(Integer.toString(port)))));
    assertThatThrownBy(() -> start(second))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("port is already allocated");
  }

  private static PortBinding loopback(Optional<String> hostPort) {
    return new PortBinding(new ExposedPort(80, "tcp"), Optional.of("127.0.0.1"), hostPort);
  }

  /// What an HTTP server on the loopback port says; empty when no one listens.
  private static String answer(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 2000);
      socket.setSoTimeout(2000);
      socket
          .getOutputStream()
          .write("GET /file HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static ContainerSpec.Builder networked(ContainerSpec.Builder spec) {
    return spec.isolation(IsolationSpec.DEFAULT);
  }

  private static ContainerSpec.Builder on(ContainerSpec.Builder spec, String network) {
    return networked(spec).networks(Map.of(network, EndpointSpec.DEFAULT));
  }
}
