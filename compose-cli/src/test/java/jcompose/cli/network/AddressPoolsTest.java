package jcompose.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.NetworkSpec.AddressPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressPoolsTest {
  @Test
  void what_lies_in_a_subnet_belongs_to_it() {
    var pools =
        AddressPools.of(
            List.of("10.1.0.0/16", "fd00:1::/64"),
            List.of("10.1.4.0/24"),
            List.of("fd00:1::1", "10.1.0.9"),
            Map.of("router", "10.1.0.7"));
    assertThat(pools)
        .containsExactly(
            new AddressPool(
                Optional.of("10.1.0.0/16"),
                Optional.of("10.1.0.9"),
                Optional.of("10.1.4.0/24"),
                Map.of("router", "10.1.0.7")),
            new AddressPool(
                Optional.of("fd00:1::/64"), Optional.of("fd00:1::1"), Optional.empty(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.1.0.0/16,10.1.2.0/24 | | | multiple overlapping subnet configuration is not supported",
        "10.1.0.0/16 | 10.2.0.0/24 | | no matching subnet for range 10.2.0.0/24",
        "10.1.0.0/16 | | 10.2.0.1 | no matching subnet for gateway 10.2.0.1",
        "10.1.0.0/16 | | fd00::1 | no matching subnet for gateway fd00::1",
        "10.1.0.0/16 | | 10.1.0.1,10.1.0.2 | every ip-range or gateway must have a corresponding"
            + " subnet",
        "10.1.0.0/17,10.1.128.0/17 | | 10.1.0.1,10.1.0.2 | cannot configure multiple gateways"
            + " (10.1.0.2, 10.1.0.1) on the same subnet (10.1.0.0/17)",
        "10.1.0.0/16 | | here | invalid IP address: here",
        "10.1.0.0/33 | | 10.1.0.1 | invalid CIDR address: 10.1.0.0/33",
      })
  void what_does_not_fit_is_refused_in_dockers_words(
      String subnets, @Nullable String ranges, @Nullable String gateways, String sentence) {
    assertThatThrownBy(() -> AddressPools.of(list(subnets), list(ranges), list(gateways), Map.of()))
        .isInstanceOf(UsageError.class)
        .hasMessage(sentence);
  }

  private static List<String> list(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(","));
  }
}
