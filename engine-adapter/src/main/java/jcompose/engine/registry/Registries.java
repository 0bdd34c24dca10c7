package jcompose.engine.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageReference;

/// Opens repositories of registries.
public final class Registries {
  private static final String HUB = "docker.io";
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

  private final RegistrySettings settings;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient usual;
  // A registry's own client, when its TLS is not the usual one, and its scheme, once it is known.
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
  private final Map<String, String> schemes = new ConcurrentHashMap<>();

  public Registries(RegistrySettings settings) {
    this.settings = settings;
    this.usual = builder().build();
  }

  private HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1) // streams of blobs gain nothing from sharing one
        .connectTimeout(Duration.ofSeconds(15))
        .followRedirects(HttpClient.Redirect.NEVER)
        .executor(threads);
  }

  public RegistrySettings settings() {
    return settings;
  }

  /// Asks a registry whether it takes these credentials.
  ///
  /// @param registry host, with port if it has one; `docker.io`
  /// @throws EngineException.Denied when it does not
  public void checkAccess(String registry, Optional<Credentials> credentials) throws IOException {
    var http = http(registry, credentials);
    http.send(http.address().resolve("/v2/"), "", HttpRequest.Builder::GET).body().close();
  }

  /// The repository of a reference.
  ///
  /// @param credentials for the registry that the reference names
  public RegistryClient open(ImageReference reference, Optional<Credentials> credentials) {
    return new RegistryClient(http(reference.domain(), credentials), reference.path());
  }

  /// Where a reference can be pulled from: the mirrors of Docker Hub for what is there, and the
  /// registry itself as the last.
  public List<RegistryClient> sources(ImageReference reference, Optional<Credentials> credentials) {
    var sources = new ArrayList<RegistryClient>();
    if (reference.domain().equals(HUB)) {
      for (URI mirror : settings.mirrors()) {
        String name = mirror.getAuthority();
        sources.add(
            new RegistryClient(
                new RegistryHttp(client(name), new RegistryAddress(name, mirror), Optional.empty()),
                reference.path()));
      }
    }
    sources.add(open(reference, credentials));
    return sources;
  }

  private RegistryHttp http(String name, Optional<Credentials> credentials) {
    // Docker Hub's registry is not where its name says.
    String base = name.equals(HUB) ? "https://registry-1.docker.io" : scheme(name) + "://" + name;
    return new RegistryHttp(client(name), new RegistryAddress(name, URI.create(base)), credentials);
  }

  private HttpClient client(String name) {
    return clients.computeIfAbsent(
        name,
        _ ->
            RegistryTls.of(settings.certificates().resolve(name), settings.isInsecure(name))
                .map(it -> builder().sslContext(it).build())
                .orElse(usual));
  }

  /// An insecure registry is spoken to with TLS when it understands that.
  private String scheme(String name) {
    if (!settings.isInsecure(name)) {
      return "https";
    }
    String known = schemes.get(name);
    if (known != null) {
      return known;
    }
    try {
      client(name)
          .send(
              HttpRequest.newBuilder(URI.create("https://" + name + "/v2/"))
                  .timeout(PROBE_LIMIT)
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      schemes.put(name, "https");
      return "https";
    } catch (ConnectException e) {
      return "http"; // nothing is there now: it is asked again the next time
    } catch (IOException e) {
      schemes.put(name, "http");
      return "http";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while asking " + name, e);
    }
  }
}
