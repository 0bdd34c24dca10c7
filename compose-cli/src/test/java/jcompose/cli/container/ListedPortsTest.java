package jcompose.cli.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import jcompose.cli.template.Tree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListedPortsTest {
  /// Ports are written `address inside outside protocol`, with `-` for what there is not.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- 80 - tcp | 80/tcp",
        "- 82 - tcp;- 80 - tcp;- 81 - tcp | 80-82/tcp",
        "- 80 - tcp;- 81 - udp;- 83 - tcp | 80/tcp, 83/tcp, 81/udp",
        "0.0.0.0 80 80 tcp;0.0.0.0 81 81 tcp | 0.0.0.0:80-81->80-81/tcp",
        ":: 80 8080 tcp;0.0.0.0 80 8080 tcp;- 443 - tcp | 443/tcp, 0.0.0.0:8080->80/tcp,"
            + " :::8080->80/tcp",
        "0.0.0.0 81 91 tcp;0.0.0.0 80 90 tcp | 0.0.0.0:90->80/tcp, 0.0.0.0:91->81/tcp",
      })
  void ranges_come_first_then_what_has_another_number_outside(String ports, String expected) {
    String json =
        Arrays.stream(ports.split(";"))
            .map(ListedPortsTest::port)
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(ListedPorts.of(Tree.parse(json).items())).isEqualTo(expected);
  }

  private static String port(String text) {
    String[] parts = text.split(" ");
    String address = parts[0].equals("-") ? "" : "\"IP\":\"" + parts[0] + "\",";
    String outside = parts[2].equals("-") ? "" : "\"PublicPort\":" + parts[2] + ",";
    return "{"
        + address
        + outside
        + "\"PrivatePort\":"
        + parts[1]
        + ",\"Type\":\""
        + parts[3]
        + "\"}";
  }
}
