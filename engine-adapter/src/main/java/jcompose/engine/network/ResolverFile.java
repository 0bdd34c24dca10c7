package jcompose.engine.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// What a resolv.conf says.
///
/// @see <a href="https://man7.org/linux/man-pages/man5/resolv.conf.5.html">resolv.conf(5)</a>
record ResolverFile(List<InetAddress> servers, List<String> search, List<String> options) {
  ResolverFile {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
    options = List.copyOf(options);
  }

  static ResolverFile parse(List<String> lines) {
    var servers = new ArrayList<InetAddress>();
    List<String> search = List.of();
    var options = new ArrayList<String>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      if (words.length < 2) {
        continue;
      }
      List<String> values = List.of(words).subList(1, words.length);
      switch (words[0]) {
        case "nameserver" -> {
          try {
            // A scope (fe80::1%eth0) means nothing in another namespace.
            servers.add(Cidr.literal(values.getFirst()));
          } catch (IllegalArgumentException e) {
            continue;
          }
        }
        case "search", "domain" -> search = values; // The last one counts.
        case "options" -> options.addAll(values);
        default -> {}
      }
    }
    return new ResolverFile(servers, search, options);
  }
}
