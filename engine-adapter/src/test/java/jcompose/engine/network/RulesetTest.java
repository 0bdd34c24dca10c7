package jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesetTest {
  @Test
  void rules_name_networks_and_ports_as_elements() {
    var network =
        new NetworkRecord(
            "a".repeat(64),
            "shop",
            "bridge",
            java.time.Instant.EPOCH,
            false,
            false,
            false,
            "default",
            Map.of(),
            List.of(new NetworkRecord.Subnet("172.18.0.0/16", "172.18.0.1", null, Map.of())),
            Map.of(),
            Map.of(),
            "br-aaaaaaaaaaaa");
    var endpoint =
        new Endpoint(
            "b".repeat(64),
            network.id(),
            "shop",
            "eth0",
            "jvbbbbbbbbbbb",
            "02:42:ac:12:00:02",
            "172.18.0.2",
            16,
            "172.18.0.1",
            null,
            0,
            null,
            List.of(),
            List.of("web"),
            List.of(),
            List.of(),
            0,
            Map.of());
    var attachment =
        new Attachment(
            "c".repeat(64),
            "web",
            List.of(endpoint),
            List.of(
                new Attachment.PublishedPort(80, "tcp", "0.0.0.0", 8080),
                new Attachment.PublishedPort(80, "tcp", "::", 8080),
                new Attachment.PublishedPort(53, "udp", "192.0.2.7", 5353)),
            List.of());
    var rules = new Ruleset("jcompose");

    assertThat(rules.addNetwork(network))
        .isEqualTo(
            """
            add element inet jcompose bridges { "br-aaaaaaaaaaaa" }
            add element inet jcompose peers { "br-aaaaaaaaaaaa" . "br-aaaaaaaaaaaa" }
            add element inet jcompose sources4 { "br-aaaaaaaaaaaa" . 172.18.0.0/16 }
            add element inet jcompose subnets4 { 172.18.0.0/16 }
            add element inet jcompose masquerade4 { 172.18.0.0/16 }
            """);
    assertThat(rules.publish(attachment))
        .isEqualTo(
            """
            add element inet jcompose any4 { tcp . 8080 : 172.18.0.2 . 80 }
            add element inet jcompose bound4 { 192.0.2.7 . udp . 5353 : 172.18.0.2 . 53 }
            """);
    assertThat(rules.unpublish(attachment))
        .isEqualTo(
            """
            delete element inet jcompose any4 { tcp . 8080 }
            delete element inet jcompose bound4 { 192.0.2.7 . udp . 5353 }
            """);
  }
}
