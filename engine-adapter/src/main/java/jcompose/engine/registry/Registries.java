package jcompose.engine.registry;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import jcompose.core.resource.ImageReference;

/// Opens repositories of registries.
public final class Registries {
  private final HttpClient http;
  private final Set<String> insecure;
  private final Credentials.Source configured;

  /// @param insecure hosts that are spoken to without TLS; those on this machine always are
  /// @param configured asked for credentials when the caller gives none
  public Registries(Set<String> insecure, Credentials.Source configured) {
    this.insecure = Set.copyOf(insecure);
    this.configured = configured;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // streams of blobs gain nothing from sharing one
            .connectTimeout(Duration.ofSeconds(15))
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /// Asks a registry whether it takes these credentials.
  ///
  /// @param registry host, with port if it has one; `docker.io`
  /// @throws jcompose.core.engine.EngineException.Denied when it does not
  public void checkAccess(String registry, Optional<Credentials> credentials)
      throws java.io.IOException {
    var address = RegistryAddress.of(registry, insecure);
    new RegistryHttp(http, address, credentials)
        .send(address.resolve("/v2/"), "", it -> it.GET())
        .body()
        .close();
  }

  /// The repository of a reference.
  public RegistryClient open(ImageReference reference, Optional<Credentials> credentials) {
    var address = RegistryAddress.of(reference.domain(), insecure);
    return new RegistryClient(
        new RegistryHttp(
            http, address, credentials.or(() -> configured.forRegistry(reference.domain()))),
        reference.path());
  }
}
