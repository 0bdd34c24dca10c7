package jcompose.engine.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// The names of running containers, and the servers that answer for them inside.
final class NameService {
  private static final Duration FORWARD_TIMEOUT = Duration.ofSeconds(4);

  private final Path resolvConf;
  private final NameTable names = new NameTable();

  /// @param resolvConf the host's, read anew for each container
  NameService(Path resolvConf) {
    this.resolvConf = resolvConf;
  }

  void add(Attachment attachment) {
    attachment.endpoints().forEach(it -> add(it, attachment.name()));
  }

  /// The default network has no names, as on Docker.
  void add(Endpoint endpoint, String containerName) {
    if (!endpoint.networkName().equals(PredefinedNetworks.DEFAULT)) {
      names.add(endpoint, containerName);
    }
  }

  void remove(Endpoint endpoint) {
    names.remove(endpoint);
  }

  /// Whether a container needs a server of its own.
  boolean wantedBy(Attachment attachment) {
    return NameFiles.embedded(attachment, resolverLines());
  }

  /// Opens a server in the network namespace of the calling thread.
  ///
  /// @param attachment what the container has at the moment
  NameServer open(Supplier<Attachment> attachment) throws IOException {
    return NameServer.open(
        new NameAnswers(new NameResolver(names, attachment)),
        new NameForwarder(() -> outsideServers(attachment.get()), FORWARD_TIMEOUT));
  }

  private List<InetAddress> outsideServers(Attachment attachment) {
    return attachment.dnsServers().isEmpty()
        ? ResolverFile.parse(resolverLines()).servers()
        : attachment.dnsServers().stream().map(Cidr::literal).toList();
  }

  private List<String> resolverLines() {
    try {
      return Files.exists(resolvConf) ? Files.readAllLines(resolvConf) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resolvConf, e);
    }
  }
}
