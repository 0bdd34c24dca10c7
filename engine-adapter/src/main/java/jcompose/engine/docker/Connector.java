package jcompose.engine.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import jcompose.core.engine.EngineException;

/// Opens connections to one address, and says in a sentence why it cannot.
final class Connector {
  private final DockerAddress address;

  Connector(DockerAddress address) {
    this.address = address;
  }

  DockerAddress address() {
    return address;
  }

  /// @throws EngineException.Unavailable when no one listens there
  /// @throws EngineException.Denied when this user may not connect
  Connection open() {
    try {
      return switch (address) {
        case DockerAddress.Unix it -> unix(it.socket());
        case DockerAddress.Tcp it -> it.tls() ? tls(it) : tcp(it);
        case DockerAddress.Ssh it -> ssh(it);
      };
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while connecting to " + address.text(), e);
    } catch (IOException | UnresolvedAddressException e) {
      throw explain(e);
    }
  }

  private static Connection unix(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    return connect(channel, UnixDomainSocketAddress.of(socket));
  }

  private static Connection tcp(DockerAddress.Tcp it) throws IOException {
    SocketChannel channel = SocketChannel.open();
    Connection connection = connect(channel, new InetSocketAddress(it.host(), it.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return connection;
  }

  private static Connection connect(SocketChannel channel, java.net.SocketAddress to)
      throws IOException {
    try {
      channel.connect(to);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new Connection(
        Channels.newInputStream(channel),
        Channels.newOutputStream(channel),
        channel,
        channel::shutdownOutput);
  }

  private static Connection tls(DockerAddress.Tcp it) throws IOException {
    var socket =
        (SSLSocket)
            TlsIdentity.load(it.certificates(), it.verify())
                .getSocketFactory()
                .createSocket(it.host(), it.port());
    try {
      if (it.verify()) {
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.setTcpNoDelay(true);
      socket.startHandshake();
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    return new Connection(
        socket.getInputStream(), socket.getOutputStream(), socket, socket::shutdownOutput);
  }

  /// `docker system dial-stdio` on the other machine joins its daemon's socket to its own standard
  /// input and output, which ssh carries. The user's ssh settings and agent apply.
  private static Connection ssh(DockerAddress.Ssh it) throws IOException {
    List<String> command = new ArrayList<>(List.of("ssh", "-o", "ConnectTimeout=30", "-T"));
    if (it.port() > 0) {
      command.addAll(List.of("-p", Integer.toString(it.port())));
    }
    command.addAll(List.of("--", it.destination(), "docker", "system", "dial-stdio"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    OutputStream output = process.getOutputStream();
    return new Connection(process.getInputStream(), output, process::destroy, output);
  }

  private EngineException explain(Exception e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    String what = "Cannot connect to the Docker daemon at " + address.text() + ": ";
    if (address instanceof DockerAddress.Unix(Path socket)) {
      if (reason.contains("Permission denied")) {
        return new EngineException.Denied(
            "permission denied while trying to connect to the Docker daemon socket at "
                + address.text()
                + ": run as root, or as a member of the group that owns the socket");
      }
      if (!Files.exists(socket)) {
        return new EngineException.Unavailable(
            what
                + "there is no such socket. Is the docker daemon running? Start it, or name another"
                + " address with -H or DOCKER_HOST.",
            e);
      }
    }
    if (address instanceof DockerAddress.Ssh) {
      return new EngineException.Unavailable(
          what + "ssh could not be started (" + reason + "). Install openssh-client.", e);
    }
    if (e instanceof SSLException && address instanceof DockerAddress.Tcp tcp) {
      return new EngineException.Denied(
          what
              + reason
              + ". DOCKER_CERT_PATH must name the folder with its ca.pem, cert.pem and key.pem; it"
              + " is "
              + tcp.certificates());
    }
    if (e instanceof UnresolvedAddressException) {
      reason = "the host name is not known";
    }
    return new EngineException.Unavailable(what + reason + ". Is the docker daemon running?", e);
  }
}
