package jcompose.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.Digest;
import jcompose.engine.oci.ImageConfigJson;
import jcompose.engine.oci.MediaTypes;
import jcompose.engine.oci.OciJson;

/// One repository of a registry.
///
/// Its methods throw [EngineException.Denied] when the registry wants (other) credentials,
/// [EngineException.Unavailable] when it does not answer, after several attempts.
///
/// @see <a
///   href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution
///   specification</a>
public final class RegistryClient {
  private static final int MAX_MANIFEST = 4 << 20;
  // Gateways in front of registries limit what one request may carry.
  private static final long PIECE_BYTES = 64L << 20;
  private static final String ACCEPTED =
      String.join(
          ", ",
          MediaTypes.OCI_INDEX,
          MediaTypes.DOCKER_INDEX,
          MediaTypes.OCI_MANIFEST,
          MediaTypes.DOCKER_MANIFEST);

  private final RegistryHttp http;
  private final String path;

  RegistryClient(RegistryHttp http, String path) {
    this.http = http;
    this.path = path;
  }

  /// A manifest or an index as the registry has it.
  ///
  /// @param bytes they have the descriptor's digest
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Fetched(Descriptor descriptor, byte[] bytes) {}

  /// Fetches a manifest or index and verifies it.
  ///
  /// @param tagOrDigest a tag, or a digest
  /// @return empty when the repository or the manifest does not exist
  public Optional<Fetched> manifest(String tagOrDigest) throws IOException {
    var response =
        http.send(
            uri("/manifests/" + tagOrDigest), scope("pull"), it -> it.header("Accept", ACCEPTED));
    try (var body = response.body()) {
      if (response.statusCode() == 404) {
        return Optional.empty();
      }
      byte[] bytes = body.readNBytes(MAX_MANIFEST + 1);
      if (bytes.length > MAX_MANIFEST) {
        throw new IOException(
            "a manifest of " + shown() + " has more than " + MAX_MANIFEST + " bytes");
      }
      Digest digest = Digest.ofBytes(bytes);
      if (Digest.isDigest(tagOrDigest)) {
        Digest wanted = Digest.parse(tagOrDigest);
        Digest actual =
            new Digest(
                wanted.algorithm(),
                java.util.HexFormat.of().formatHex(wanted.newComputation().digest(bytes)));
        if (!actual.equals(wanted)) {
          throw new IOException(
              "manifest verification failed for digest "
                  + wanted
                  + ": the registry sent "
                  + actual);
        }
        digest = wanted;
      }
      String declared =
          response
              .headers()
              .firstValue("Content-Type")
              .map(it -> it.replaceAll(";.*", "").strip())
              .filter(it -> MediaTypes.isIndex(it) || MediaTypes.isManifest(it))
              .orElse("");
      String type = declared.isEmpty() ? OciJson.mediaType(bytes) : declared;
      return Optional.of(new Fetched(new Descriptor(type, digest, bytes.length), bytes));
    }
  }

  /// What a manifest is for: the platforms of an index, else that of the image's configuration.
  ///
  /// @return one descriptor a platform, each with its platform
  public List<Descriptor> platforms(Fetched fetched) throws IOException {
    if (MediaTypes.isIndex(fetched.descriptor().mediaType())) {
      return OciJson.readIndex(fetched.bytes()).manifests();
    }
    Descriptor config = OciJson.readManifest(fetched.bytes()).config();
    try (InputStream in = blob(config.digest(), 0)) {
      byte[] bytes = in.readNBytes(MAX_MANIFEST);
      return List.of(
          new Descriptor(
              config.mediaType(),
              config.digest(),
              config.size(),
              Optional.of(ImageConfigJson.read(bytes).platform()),
              Map.of()));
    }
  }

  /// Opens a blob from an offset. The bytes are not verified here.
  ///
  /// @throws EngineException.NotFound when the registry has no such blob
  public InputStream blob(Digest digest, long offset) throws IOException {
    var response =
        http.send(
            uri("/blobs/" + digest),
            scope("pull"),
            it -> {
              if (offset > 0) {
                it.header("Range", "bytes=" + offset + "-");
              }
            });
    InputStream body = response.body();
    if (response.statusCode() == 404) {
      body.close();
      throw new EngineException.NotFound("unknown blob " + digest + " in " + shown());
    }
    if (offset > 0 && response.statusCode() != 206) {
      body.skipNBytes(offset); // the registry does not know ranges
    }
    return body;
  }

  /// Whether the registry has a blob in this repository.
  public boolean hasBlob(Digest digest) throws IOException {
    var response =
        http.send(
            uri("/blobs/" + digest),
            scope("pull,push"),
            it -> it.method("HEAD", HttpRequest.BodyPublishers.noBody()));
    response.body().close();
    return response.statusCode() == 200;
  }

  /// Gives this repository a blob: one that another repository of the registry has, if it lets us,
  /// else a new one.
  ///
  /// @param others paths of repositories of the same registry that may have it
  /// @param source gives the bytes, anew for each attempt
  /// @return the repository it was taken from; empty when it was sent
  public Optional<String> upload(Descriptor blob, List<String> others, Source source)
      throws IOException {
    Optional<URI> begun = Optional.empty();
    for (String other : others) {
      var asked =
          http.send(
              uri(
                  "/blobs/uploads/?mount="
                      + encoded(blob.digest().toString())
                      + "&from="
                      + encoded(other)),
              scope("pull,push") + " repository:" + other + ":pull",
              it -> it.POST(HttpRequest.BodyPublishers.noBody()));
      asked.body().close();
      if (asked.statusCode() == 201) {
        return Optional.of(other);
      }
      begun = asked.statusCode() == 202 ? Optional.of(BlobUpload.location(asked)) : begun;
    }
    new BlobUpload(http, uri("/blobs/uploads/"), scope("pull,push"), PIECE_BYTES)
        .send(blob, source, begun);
    return Optional.empty();
  }

  /// Sends a manifest under a tag or its digest.
  public void putManifest(String tagOrDigest, String mediaType, byte[] bytes) throws IOException {
    var response =
        http.send(
            uri("/manifests/" + tagOrDigest),
            scope("pull,push"),
            it ->
                it.header("Content-Type", mediaType)
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    response.body().close();
    if (response.statusCode() == 404) {
      throw new IOException("the registry does not know the repository " + shown());
    }
  }

  /// Opens the bytes to be sent, from an offset.
  @FunctionalInterface
  public interface Source {
    InputStream open(long offset);
  }

  private URI uri(String rest) {
    return http.address().resolve("/v2/" + path + rest);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String scope(String actions) {
    return "repository:" + path + ":" + actions;
  }

  @Override
  public String toString() {
    return shown();
  }

  private String shown() {
    return http.address().name() + "/" + path;
  }
}
