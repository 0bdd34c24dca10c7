package jcompose.engine.network;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.NameResolution;

/// The contents of a container's /etc/hosts, /etc/hostname and /etc/resolv.conf, as Docker writes
/// them. The caller writes them to files and binds these into the container.
public final class NameFiles {
  private static final String HEADER =
      "# Written by jcompose. It is not written again while the container exists.\n\n";

  private NameFiles() {}

  /// @param attachment absent for network mode `none`
  /// @param hostGateway what `host-gateway` in an extra host stands for
  public static String hosts(
      Optional<Attachment> attachment,
      String hostname,
      Optional<String> domainname,
      NameResolution names,
      String hostGateway) {
    var text =
        new StringBuilder(
            """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            ff00::0\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """);
    extraHosts(text, names, hostGateway);
    String own =
        domainname
            .filter(it -> !it.isEmpty())
            .map(it -> withShortName(hostname + "." + it))
            .orElseGet(() -> withShortName(hostname));
    attachment.ifPresent(
        it ->
            it.endpoints()
                .forEach(
                    endpoint ->
                        NameTable.addresses(endpoint)
                            .forEach(
                                address ->
                                    text.append(Addresses.text(address))
                                        .append('\t')
                                        .append(own)
                                        .append('\n'))));
    return text.toString();
  }

  /// A name with a domain is followed by its first part.
  private static String withShortName(String hostname) {
    int dot = hostname.indexOf('.');
    return dot > 0 ? hostname + " " + hostname.substring(0, dot) : hostname;
  }

  /// Network mode `host`: the host's own file, and the extra hosts.
  public static String hostsOfHost(String hostText, NameResolution names) {
    var text = new StringBuilder(hostText);
    if (!hostText.isEmpty() && !hostText.endsWith("\n")) {
      text.append('\n');
    }
    extraHosts(text, names, "127.0.0.1");
    return text.toString();
  }

  private static void extraHosts(StringBuilder text, NameResolution names, String hostGateway) {
    for (String entry : names.extraHosts()) {
      // The address may have colons of its own; the separator is the first colon, or `=`.
      int at = separator(entry);
      if (at > 0) {
        String address = entry.substring(at + 1).replaceAll("^\\[|\\]$", "");
        text.append(address.equals("host-gateway") ? hostGateway : address)
            .append('\t')
            .append(entry, 0, at)
            .append('\n');
      }
    }
  }

  private static int separator(String entry) {
    int equals = entry.indexOf('=');
    return equals > 0 ? equals : entry.indexOf(':');
  }

  public static String hostname(String hostname) {
    return hostname + "\n";
  }

  /// Whether the engine's name server answers in a container: on networks that have names, and
  /// where the host's own servers listen on addresses that mean something else in the container.
  ///
  /// @param hostLines the host's resolv.conf
  public static boolean embedded(Attachment attachment, List<String> hostLines) {
    boolean named =
        attachment.endpoints().stream()
            .anyMatch(it -> !it.networkName().equals(PredefinedNetworks.DEFAULT));
    boolean unreachable =
        attachment.dnsServers().isEmpty()
            && ResolverFile.parse(hostLines).servers().stream()
                .allMatch(InetAddress::isLoopbackAddress);
    return named || unreachable;
  }

  /// @param embedded whether the engine's name server answers at 127.0.0.11, see [#embedded]
  /// @param hostLines the host's resolv.conf
  public static String resolvConf(boolean embedded, NameResolution names, List<String> hostLines) {
    ResolverFile host = ResolverFile.parse(hostLines);
    var text = new StringBuilder(HEADER);
    if (embedded) {
      text.append("nameserver ").append(NameServer.ADDRESS).append('\n');
    } else if (!names.servers().isEmpty()) {
      names.servers().forEach(it -> text.append("nameserver ").append(it).append('\n'));
    } else {
      host.servers().stream()
          .filter(it -> !it.isLoopbackAddress())
          .forEach(it -> text.append("nameserver ").append(Addresses.text(it)).append('\n'));
    }
    var search = names.search().isEmpty() ? host.search() : names.search();
    if (!search.isEmpty() && !search.equals(List.of("."))) {
      text.append("search ").append(String.join(" ", search)).append('\n');
    }
    var options = new LinkedHashSet<>(names.options().isEmpty() ? host.options() : names.options());
    if (embedded && options.stream().noneMatch(it -> it.startsWith("ndots:"))) {
      options.add("ndots:0"); // A name without a dot is asked as it is first: it may be a service.
    }
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text.toString();
  }
}
