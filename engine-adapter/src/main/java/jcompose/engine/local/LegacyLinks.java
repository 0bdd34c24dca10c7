package jcompose.engine.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ExposedPort;
import jcompose.engine.network.Attachment;
import jcompose.engine.network.Endpoint;

/// The links of the default network, which resolves no names: lines of /etc/hosts and variables
/// that tell of the other container. On other networks a link is an alias for the name server.
///
/// @see <a href="https://docs.docker.com/engine/network/links/">legacy container links</a>
final class LegacyLinks {
  private final ContainerRecord owner;
  private final List<Link> links;

  private record Link(String alias, ContainerRecord target, String address) {}

  private LegacyLinks(ContainerRecord owner, List<Link> links) {
    this.owner = owner;
    this.links = links;
  }

  /// Looks the other containers up; one that does not run, or is not on the default network, is
  /// left out.
  static LegacyLinks of(ContainerRecord owner, ContainerIndex index) {
    var found = new ArrayList<Link>();
    for (String link : owner.options().links()) {
      int colon = link.indexOf(':');
      String name = colon < 0 ? link : link.substring(0, colon);
      index
          .find(strip(name))
          .map(Container::record)
          .ifPresent(
              target ->
                  address(target)
                      .ifPresent(
                          it ->
                              found.add(
                                  new Link(
                                      colon < 0 ? target.name().value() : link.substring(colon + 1),
                                      target,
                                      it))));
    }
    return new LegacyLinks(owner, found);
  }

  /// @throws EngineException.Conflict when a container that is linked does not run
  void requireRunning() {
    for (String link : owner.options().links()) {
      String name = strip(link.replaceFirst(":.*", ""));
      if (links.stream()
          .noneMatch(
              it ->
                  it.target.name().value().equals(name)
                      || it.target.id().value().startsWith(name))) {
        throw new EngineException.Conflict(
            "Cannot link to a non running container: /%s AS /%s/%s"
                .formatted(name, owner.name(), link.replaceFirst("^[^:]*:", "")));
      }
    }
  }

  private static String strip(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private static Optional<String> address(ContainerRecord target) {
    Attachment attachment = target.attachment();
    return attachment == null || !target.state().running()
        ? Optional.empty()
        : attachment.endpoints().stream()
            .filter(it -> it.networkName().equals("bridge"))
            .map(Endpoint::ipv4)
            .flatMap(it -> Optional.ofNullable(it).stream())
            .findFirst();
  }

  /// Lines of /etc/hosts.
  String hosts() {
    var text = new StringBuilder();
    for (Link link : links) {
      text.append(link.address).append('\t').append(link.alias);
      text.append(' ').append(link.target.id().shortId());
      if (!link.target.name().value().equals(link.alias)) {
        text.append(' ').append(link.target.name());
      }
      text.append('\n');
    }
    return text.toString();
  }

  /// `DB_PORT=tcp://172.17.0.2:5432` and its like.
  List<String> environment() {
    var variables = new ArrayList<String>();
    for (Link link : links) {
      String prefix = link.alias.toUpperCase(Locale.ROOT).replace('-', '_');
      List<ExposedPort> ports =
          link.target.merged().exposedPorts().stream()
              .sorted(
                  Comparator.comparingInt(ExposedPort::number).thenComparing(ExposedPort::protocol))
              .toList();
      if (!ports.isEmpty()) {
        variables.add(prefix + "_PORT=" + url(link, ports.getFirst()));
      }
      for (ExposedPort port : ports) {
        String name =
            prefix + "_PORT_" + port.number() + "_" + port.protocol().toUpperCase(Locale.ROOT);
        variables.add(name + "=" + url(link, port));
        variables.add(name + "_ADDR=" + link.address);
        variables.add(name + "_PORT=" + port.number());
        variables.add(name + "_PROTO=" + port.protocol());
      }
      variables.add(prefix + "_NAME=/" + owner.name() + "/" + link.alias);
      for (String entry : link.target.merged().environment()) {
        String name = MergedConfig.nameOf(entry);
        if (entry.contains("=") && !name.equals("HOME") && !name.equals("PATH")) {
          variables.add(prefix + "_ENV_" + entry);
        }
      }
    }
    return variables;
  }

  private static String url(Link link, ExposedPort port) {
    return port.protocol() + "://" + link.address + ":" + port.number();
  }
}
