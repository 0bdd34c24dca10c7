package jcompose.engine.docker;

import java.nio.file.Path;
import java.util.Map;
import jcompose.core.engine.EngineException;

/// Where a Docker daemon listens, as `DOCKER_HOST` and `-H` write it.
sealed interface DockerAddress {
  int PLAIN_PORT = 2375;
  int TLS_PORT = 2376;

  /// The text a person would give for it.
  String text();

  /// Whether paths of this machine are paths of the daemon's host.
  boolean local();

  record Unix(Path socket) implements DockerAddress {
    @Override
    public String text() {
      return "unix://" + socket;
    }

    @Override
    public boolean local() {
      return true;
    }
  }

  /// @param certificates folder with ca.pem, cert.pem and key.pem; absent when `tls` is false
  record Tcp(String host, int port, boolean tls, boolean verify, Path certificates)
      implements DockerAddress {
    @Override
    public String text() {
      return "tcp://" + host + ":" + port;
    }

    @Override
    public boolean local() {
      return false;
    }
  }

  /// The daemon that `docker` reaches on another machine.
  ///
  /// @param destination `[user@]host`
  /// @param port of the SSH server, -1 for its default
  record Ssh(String destination, int port) implements DockerAddress {
    @Override
    public String text() {
      return "ssh://" + destination + (port < 0 ? "" : ":" + port);
    }

    @Override
    public boolean local() {
      return false;
    }
  }

  /// Reads an address.
  ///
  /// @param environment `DOCKER_TLS_VERIFY`, `DOCKER_TLS`, `DOCKER_CERT_PATH`, `HOME`
  /// @throws EngineException.Invalid when the text is no address
  static DockerAddress parse(String text, Map<String, String> environment) {
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    String rest = colon < 0 ? text : text.substring(colon + 3);
    return switch (scheme) {
      case "unix" -> unix(rest, text);
      case "tcp", "http", "https" -> tcp(rest, scheme.equals("https"), text, environment);
      case "ssh" -> ssh(rest, text);
      case "npipe", "fd" ->
          throw new EngineException.Unsupported(
              "unable to connect to " + text + ": " + scheme + " addresses are not supported here");
      default -> throw invalid(text);
    };
  }

  private static DockerAddress unix(String path, String text) {
    if (!path.startsWith("/")) {
      throw invalid(text);
    }
    return new Unix(Path.of(path));
  }

  private static DockerAddress tcp(
      String rest, boolean https, String text, Map<String, String> environment) {
    boolean verify = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
    boolean tls = https || verify || !environment.getOrDefault("DOCKER_TLS", "").isEmpty();
    String authority = rest.replaceFirst("/+$", "");
    int colon = authority.lastIndexOf(':');
    String host = authority;
    int port = tls ? TLS_PORT : PLAIN_PORT;
    if (colon > authority.lastIndexOf(']')) {
      host = authority.substring(0, colon);
      port = port(authority.substring(colon + 1), text);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || host.contains("/")) {
      throw invalid(text);
    }
    String home = environment.getOrDefault("HOME", "/root");
    Path certificates = Path.of(environment.getOrDefault("DOCKER_CERT_PATH", home + "/.docker"));
    return new Tcp(host, port, tls, verify, certificates);
  }

  private static DockerAddress ssh(String rest, String text) {
    String authority = rest.replaceFirst("/+$", "");
    int colon = authority.lastIndexOf(':');
    String destination = colon < 0 ? authority : authority.substring(0, colon);
    if (destination.isEmpty() || destination.startsWith("-") || destination.contains("/")) {
      throw invalid(text);
    }
    return new Ssh(destination, colon < 0 ? -1 : port(authority.substring(colon + 1), text));
  }

  private static int port(String digits, String text) {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw invalid(text);
    }
    throw invalid(text);
  }

  private static EngineException invalid(String text) {
    return new EngineException.Invalid(
        "unable to parse docker host '"
            + text
            + "': expected unix:///path/to/socket, tcp://host:port or ssh://user@host");
  }
}
