package jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jcompose.core.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressingTest {
  private final SubnetChooser chooser = new SubnetChooser(NetworkSettings.DOCKER_POOLS);

  @ParameterizedTest
  @CsvSource({
    "'', 172.17.0.0/16",
    "172.17.0.0/16, 172.18.0.0/16",
    "172.17.4.0/24 172.18.0.1/32, 172.19.0.0/16",
    "172.16.0.0/12, 192.168.0.0/20",
    "172.16.0.0/12 192.168.0.0/24, 192.168.16.0/20",
  })
  void a_subnet_is_the_first_that_overlaps_nothing(String inUse, String expected) {
    var ranges = Stream.of(inUse.split(" ")).filter(it -> !it.isEmpty()).map(Cidr::parse).toList();
    assertThat(chooser.choose(ranges)).contains(Cidr.parse(expected));
  }

  @Test
  void there_are_thirty_one_subnets() {
    var inUse = new java.util.ArrayList<Cidr>();
    for (int i = 0; i < 40; i++) {
      chooser.choose(inUse).ifPresent(inUse::add);
    }
    assertThat(inUse).hasSize(15 + 16).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0", "10.0.0.0/33", "example.org/24", "fd00::/129", "/8", "1.2.3/8"})
  void what_is_no_range_is_refused_without_a_look_up(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("invalid CIDR address: " + text);
  }

  @Test
  void addresses_are_handed_out_from_the_lowest_and_again_when_free() {
    var subnet =
        new SubnetAddresses(
            new NetworkRecord.Subnet("10.1.0.0/29", "10.1.0.1", null, Map.of("x", "10.1.0.3")));
    assertThat(Stream.generate(subnet::take).limit(4).map(it -> it.map(Addresses::text)))
        .containsExactly(
            Optional.of("10.1.0.2"),
            Optional.of("10.1.0.4"),
            Optional.of("10.1.0.5"),
            Optional.of("10.1.0.6"));
    assertThat(subnet.take()).isEmpty();
    subnet.free(Cidr.literal("10.1.0.4"));
    assertThat(subnet.take().map(Addresses::text)).contains("10.1.0.4");
    assertThatThrownBy(() -> subnet.take(Cidr.literal("10.1.0.4")))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("Address already in use");
  }

  @ParameterizedTest
  @CsvSource({"fd00:0:0:1::, fd00:0:0:1::", "::, ::", "0:0:1::1, 0:0:1::1", "fe80::0:5, fe80::5"})
  void ipv6_is_written_short(String text, String expected) {
    assertThat(Addresses.text(Cidr.literal(text))).isEqualTo(expected);
  }
}
