package jcompose.engine.docker;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What docker-java asks of its configuration. Its own one reads property files and environment
/// variables and loads TLS libraries; the transport has settled all of that already.
final class ClientConfig implements DockerClientConfig {
  private final URI host;
  private final RegistryCredentials credentials;

  ClientConfig(String address, RegistryCredentials credentials) {
    this.host = URI.create(address);
    this.credentials = credentials;
  }

  @Override
  public URI getDockerHost() {
    return host;
  }

  /// Unknown, so that docker-java puts no version before paths: the transport does.
  @Override
  public RemoteApiVersion getApiVersion() {
    return RemoteApiVersion.unknown();
  }

  @Override
  public @Nullable String getRegistryUsername() {
    return null;
  }

  @Override
  public @Nullable String getRegistryPassword() {
    return null;
  }

  @Override
  public @Nullable String getRegistryEmail() {
    return null;
  }

  @Override
  public @Nullable String getRegistryUrl() {
    return null;
  }

  @Override
  public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
    return credentials.forImage(imageName).orElse(null);
  }

  @Override
  public AuthConfigurations getAuthConfigurations() {
    var all = new AuthConfigurations();
    credentials.all().forEach(all::addConfig);
    return all;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface asks for it; TLS is the transport's business
  public @Nullable SSLConfig getSSLConfig() {
    return null;
  }
}
