package jcompose.core.loading;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One port of the short form `[[address:]published:]target[/protocol]`.
///
/// @param published a port, or a range where one target may get any of it
public record PortText(
    Optional<String> hostIp, Optional<String> published, int target, String protocol) {

  /// First and last port.
  private record Range(int first, int last) {
    int size() {
      return last - first;
    }
  }

  /// Reads the short form; ranges become a port each. The left says why it is none.
  public static Either<String, List<PortText>> parse(String text) {
    String[] parts = text.split(":", -1);
    int n = parts.length;
    String container = parts[n - 1];
    String host = n > 1 ? parts[n - 2] : "";
    String address =
        n > 2 ? text.substring(0, text.length() - container.length() - host.length() - 2) : "";
    int slash = container.indexOf('/');
    String protocol = slash < 0 ? "" : container.split("/", -1)[1];
    String ports = slash < 0 ? container : container.substring(0, slash);
    String word = protocol.isEmpty() ? "tcp" : protocol.toLowerCase(Locale.ROOT);
    if (!Set.of("tcp", "udp", "sctp").contains(word)) {
      return Either.left("Invalid proto: " + protocol);
    }
    if (ports.isEmpty()) {
      return Either.left("No port specified: " + text + "<empty>");
    }
    boolean bracketed = address.startsWith("[") && address.endsWith("]");
    String bare = bracketed ? address.substring(1, address.length() - 1) : address;
    if (!address.isEmpty() && (!IpText.isAddress(bare) || bare.contains(":") != bracketed)) {
      return Either.left("Invalid ip address: " + address);
    }
    Optional<Range> target = range(ports);
    if (target.isEmpty()) {
      return Either.left("Invalid containerPort: " + ports);
    }
    Optional<Range> published = range(host);
    if (!host.isEmpty() && published.isEmpty()) {
      return Either.left("Invalid hostPort: " + host);
    }
    if (published.isPresent()
        && published.get().size() != target.get().size()
        && target.get().size() > 0) {
      return Either.left(
          "Invalid ranges specified for container and host Ports: " + ports + " and " + host);
    }
    var found = new ArrayList<PortText>();
    for (int i = 0; i <= target.get().size(); i++) {
      int offset = i;
      Optional<String> at =
          published.map(
              it ->
                  target.get().size() == 0 && it.size() > 0
                      ? it.first() + "-" + it.last()
                      : Integer.toString(it.first() + offset));
      found.add(
          new PortText(
              bare.isEmpty() ? Optional.empty() : Optional.of(bare),
              at,
              target.get().first() + i,
              word));
    }
    return Either.right(found);
  }

  private static Optional<Range> range(String text) {
    int dash = text.indexOf('-');
    Optional<Integer> first = port(dash < 0 ? text : text.substring(0, dash));
    Optional<Integer> last = dash < 0 ? first : port(text.substring(dash + 1));
    return first.flatMap(a -> last.filter(b -> b >= a).map(b -> new Range(a, b)));
  }

  private static Optional<Integer> port(String text) {
    if (text.isEmpty()
        || text.length() > 5
        || !text.chars().allMatch(it -> it >= '0' && it <= '9')) {
      return Optional.empty();
    }
    int value = Integer.parseInt(text);
    return value <= 65535 ? Optional.of(value) : Optional.empty();
  }
}
