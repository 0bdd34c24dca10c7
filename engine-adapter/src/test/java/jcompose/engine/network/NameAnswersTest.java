package jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class NameAnswersTest {
  private static final String SHOP = "a".repeat(64);
  private static final String VAULT = "b".repeat(64);

  private final NameTable names = new NameTable();

  @Test
  void a_name_has_the_addresses_of_all_its_replicas() throws IOException {
    names.add(endpoint(SHOP, "10.0.0.2", "web", "shop-web-1"), "shop-web-1");
    names.add(endpoint(SHOP, "10.0.0.3", "web", "shop-web-2"), "shop-web-2");

    Message answer = ask("WEB.", Type.A);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(data(answer)).containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3");
    assertThat(data(ask("shop-web-2.shop.", Type.A))).containsExactly("10.0.0.3");
  }

  @Test
  void a_name_without_an_address_of_the_family_is_no_error() throws IOException {
    names.add(endpoint(SHOP, "10.0.0.2", "web"), "web");
    Message answer = ask("web.", Type.AAAA);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(data(answer)).isEmpty();
  }

  @Test
  void a_single_label_that_no_one_has_is_told_at_once_and_others_are_forwarded()
      throws IOException {
    assertThat(ask("nobody.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(reply("example.org.", Type.A)).isInstanceOf(NameAnswers.Reply.Forward.class);
    assertThat(reply("9.9.9.9.in-addr.arpa.", Type.PTR))
        .isInstanceOf(NameAnswers.Reply.Forward.class);
  }

  @Test
  void names_of_other_networks_are_not_told() throws IOException {
    names.add(endpoint(VAULT, "10.1.0.2", "secret"), "secret");
    assertThat(ask("secret.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(reply("2.0.1.10.in-addr.arpa.", Type.PTR))
        .isInstanceOf(NameAnswers.Reply.Forward.class);
  }

  @Test
  void an_address_has_a_name() throws IOException {
    names.add(endpoint(SHOP, "10.0.0.2", "web"), "web");
    assertThat(data(ask("2.0.0.10.in-addr.arpa.", Type.PTR))).containsExactly("web.shop.");
  }

  @Test
  void an_endpoint_that_has_gone_has_no_name() throws IOException {
    Endpoint web = endpoint(SHOP, "10.0.0.2", "web");
    names.add(web, "web");
    names.remove(web);
    assertThat(ask("web.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void an_answer_that_does_not_fit_a_datagram_is_cut_and_says_so() throws IOException {
    for (int i = 1; i < 100; i++) {
      names.add(endpoint(SHOP, "10.0.0." + i, "many"), "many-" + i);
    }
    assertThat(ask("many.", Type.A).getHeader().getFlag(org.xbill.DNS.Flags.TC)).isTrue();
  }

  @Test
  void what_is_no_query_gets_no_answer() {
    assertThat(answers().reply(new byte[] {1, 2, 3}, true))
        .isInstanceOf(NameAnswers.Reply.Ignore.class);
  }

  private NameAnswers answers() {
    var asking =
        new Attachment(
            "c".repeat(64),
            "client",
            List.of(endpoint(SHOP, "10.0.0.200", "client")),
            List.of(),
            List.of());
    return new NameAnswers(new NameResolver(names, () -> asking));
  }

  private NameAnswers.Reply reply(String name, int type) throws IOException {
    Record question = Record.newRecord(Name.fromString(name), type, DClass.IN);
    return answers().reply(Message.newQuery(question).toWire(), true);
  }

  private Message ask(String name, int type) throws IOException {
    if (reply(name, type) instanceof NameAnswers.Reply.Answer answer) {
      return new Message(answer.message());
    }
    throw new AssertionError(name + " was not answered");
  }

  private static List<String> data(Message answer) {
    var result = new ArrayList<String>();
    answer.getSection(Section.ANSWER).forEach(it -> result.add(it.rdataToString()));
    return result;
  }

  private static Endpoint endpoint(String network, String address, String... names) {
    return new Endpoint(
        address,
        network,
        network.equals(SHOP) ? "shop" : "vault",
        "eth0",
        "jv0",
        "02:42:00:00:00:01",
        address,
        16,
        "10.0.0.1",
        null,
        0,
        null,
        List.of(),
        List.of(names),
        List.of(),
        List.of(),
        0,
        Map.of());
  }
}
