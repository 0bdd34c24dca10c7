package jcompose.engine.network;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// From a query's bytes to an answer's, or to the decision that others must be asked (RFC 1035).
final class NameAnswers {
  private static final long TTL_SECONDS = 600;
  private static final int PLAIN_UDP = 512; // RFC 1035, 4.2.1
  private static final int LARGEST_UDP = 4096;

  private final NameResolver names;

  NameAnswers(NameResolver names) {
    this.names = names;
  }

  /// What to do with a query.
  @SuppressWarnings("ArrayRecordComponent") // Bytes on their way to a socket; never compared.
  sealed interface Reply {
    /// Send this.
    record Answer(byte[] message) implements Reply {}

    /// Ask the outside; send `failure` if that fails.
    record Forward(byte[] failure) implements Reply {}

    /// It was no query.
    record Ignore() implements Reply {}
  }

  /// @param datagram whether the answer must fit into one
  Reply reply(byte[] bytes, boolean datagram) {
    Message query;
    try {
      query = new Message(bytes);
    } catch (IOException e) {
      return new Reply.Ignore();
    }
    if (query.getHeader().getFlag(Flags.QR)) {
      return new Reply.Ignore();
    }
    Record question = query.getQuestion();
    if (query.getHeader().getOpcode() != Opcode.QUERY
        || question == null
        || query.getHeader().getCount(Section.QUESTION) != 1) {
      return answer(query, Rcode.NOTIMP, List.of(), datagram);
    }
    if (question.getDClass() != DClass.IN) {
      return forward(query, datagram);
    }
    Name name = question.getName();
    if (question.getType() == Type.PTR) {
      Optional<String> host = address(name).flatMap(names::reverse);
      return host.isPresent()
          ? answer(query, Rcode.NOERROR, List.of(pointer(name, host.get())), datagram)
          : forward(query, datagram);
    }
    String text = name.toString(true);
    var addresses = names.lookup(text);
    if (!addresses.isEmpty()) {
      // A name that is known but has nothing of this type: no error, and no answer. An error would
      // make resolvers that ask for IPv4 and IPv6 at once give up on both.
      return answer(query, Rcode.NOERROR, records(name, question.getType(), addresses), datagram);
    }
    if (name.labels() <= 2 && isAddressType(question.getType())) {
      // One label and the root: a name without a domain is of this network or of none.
      return answer(query, Rcode.NXDOMAIN, List.of(), datagram);
    }
    return forward(query, datagram);
  }

  private static boolean isAddressType(int type) {
    return type == Type.A || type == Type.AAAA;
  }

  private Reply forward(Message query, boolean datagram) {
    Reply.Answer failure = answer(query, Rcode.SERVFAIL, List.of(), datagram);
    return names.forwards() ? new Reply.Forward(failure.message()) : failure;
  }

  private static List<Record> records(Name name, int type, List<InetAddress> addresses) {
    return switch (type) {
      case Type.A ->
          addresses.stream()
              .filter(it -> !NameResolver.isIpv6(it))
              .<Record>map(it -> new ARecord(name, DClass.IN, TTL_SECONDS, it))
              .toList();
      case Type.AAAA ->
          addresses.stream()
              .filter(NameResolver::isIpv6)
              .<Record>map(it -> new AAAARecord(name, DClass.IN, TTL_SECONDS, it))
              .toList();
      default -> List.of();
    };
  }

  private static Optional<InetAddress> address(Name name) {
    try {
      return Optional.of(ReverseMap.fromName(name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Record pointer(Name name, String host) {
    try {
      return new PTRRecord(name, DClass.IN, TTL_SECONDS, Name.fromString(host + "."));
    } catch (TextParseException e) {
      throw new IllegalStateException("a host name that DNS cannot carry: " + host, e);
    }
  }

  private static Reply.Answer answer(
      Message query, int rcode, List<Record> records, boolean datagram) {
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.getHeader().setOpcode(query.getHeader().getOpcode());
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
    }
    answer.getHeader().setRcode(rcode);
    if (query.getQuestion() != null) {
      answer.addRecord(query.getQuestion(), Section.QUESTION);
    }
    records.forEach(it -> answer.addRecord(it, Section.ANSWER));
    int limit = datagram ? PLAIN_UDP : 0xffff;
    OPTRecord extensions = query.getOPT();
    if (extensions != null) { // RFC 6891: an answer has them when the query has.
      if (datagram) {
        limit = Math.clamp(extensions.getPayloadSize(), PLAIN_UDP, LARGEST_UDP);
      }
      answer.addRecord(new OPTRecord(LARGEST_UDP, 0, 0), Section.ADDITIONAL);
    }
    return new Reply.Answer(answer.toWire(limit));
  }
}
