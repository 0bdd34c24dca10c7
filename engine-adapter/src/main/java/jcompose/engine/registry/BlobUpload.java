package jcompose.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jcompose.core.engine.EngineException;
import jcompose.engine.oci.Descriptor;

/// Sends one blob: in one request when it is small, else piece by piece. After a failure it goes on
/// where the registry says it is.
///
/// @see <a
///   href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks">pushing
///   a blob in chunks</a>
final class BlobUpload {
  private static final int ATTEMPTS = 5;
  private static final Duration PIECE_LIMIT = Duration.ofHours(1);
  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d+)");

  private final RegistryHttp http;
  private final URI uploads;
  private final String scope;
  private final long pieceBytes;

  /// @param uploads where uploads begin, `…/blobs/uploads/`
  /// @param pieceBytes the most that one request carries
  BlobUpload(RegistryHttp http, URI uploads, String scope, long pieceBytes) {
    this.http = http;
    this.uploads = uploads;
    this.scope = scope;
    this.pieceBytes = pieceBytes;
  }

  /// @param begun where an upload that was begun goes on; empty to begin one
  void send(Descriptor blob, RegistryClient.Source source, Optional<URI> begun) throws IOException {
    var at = begun.isPresent() ? begun.get() : begin();
    long sent = 0;
    for (int failures = 0; ; ) {
      long before = sent;
      try {
        while (blob.size() - sent > pieceBytes) {
          at = piece(at, blob, source, sent);
          sent += pieceBytes;
        }
        finish(at, blob, source, sent);
        return;
      } catch (IOException | EngineException.Unavailable e) {
        failures = sent > before ? 1 : failures + 1;
        if (failures >= ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        pause(failures);
        sent = reached(at, blob.size()).orElse(0L);
        if (sent == 0) {
          at = begin();
        }
      }
    }
  }

  private URI begin() throws IOException {
    var response = http.send(uploads, scope, it -> it.POST(BodyPublishers.noBody()));
    response.body().close();
    return location(response);
  }

  private URI piece(URI at, Descriptor blob, RegistryClient.Source source, long from)
      throws IOException {
    var response =
        once(
            at,
            blob,
            it ->
                it.header("Content-Range", from + "-" + (from + pieceBytes - 1))
                    .method("PATCH", body(source, from, pieceBytes)));
    return location(response);
  }

  private void finish(URI at, Descriptor blob, RegistryClient.Source source, long from)
      throws IOException {
    URI target =
        URI.create(
            at
                + (at.getRawQuery() == null ? "?" : "&")
                + "digest="
                + URLEncoder.encode(blob.digest().toString(), StandardCharsets.UTF_8));
    once(target, blob, it -> it.PUT(body(source, from, blob.size() - from)));
  }

  /// Not tried again as it is: the registry may have taken a part.
  private HttpResponse<InputStream> once(
      URI target, Descriptor blob, Consumer<HttpRequest.Builder> prepare) throws IOException {
    var response =
        http.sendOnce(
            target,
            scope,
            it -> {
              it.header("Content-Type", "application/octet-stream").timeout(PIECE_LIMIT);
              prepare.accept(it);
            });
    response.body().close();
    if (response.statusCode() == 404 || response.statusCode() == 416) {
      throw new IOException("the registry forgot the upload of " + blob.digest());
    }
    return response;
  }

  private static HttpRequest.BodyPublisher body(
      RegistryClient.Source source, long from, long length) {
    return length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> new Piece(source.open(from), length)), length);
  }

  /// How many bytes of an upload have arrived.
  private Optional<Long> reached(URI at, long size) {
    try {
      var response = http.sendOnce(at, scope, HttpRequest.Builder::GET);
      response.body().close();
      if (response.statusCode() != 204) {
        return Optional.empty();
      }
      var range = RANGE.matcher(response.headers().firstValue("Range").orElse(""));
      // Some say 0-0 for nothing: that is to begin anew. So is all of it, which failed to be one.
      return range.matches()
          ? Optional.of(Long.parseLong(range.group(1)) + 1).filter(it -> it > 1 && it < size)
          : Optional.empty();
    } catch (IOException | EngineException | NumberFormatException e) {
      return Optional.empty(); // the next attempt says what is wrong
    }
  }

  static URI location(HttpResponse<?> response) throws IOException {
    String location =
        response
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("the registry says not where to send a blob"));
    try {
      return response.uri().resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("the registry sends a blob to what is no URL: " + location, e);
    }
  }

  private static void pause(int failures) throws InterruptedIOException {
    try {
      Thread.sleep(200L << failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /// So many bytes of a stream.
  private static final class Piece extends InputStream {
    private final InputStream in;
    private long left;

    Piece(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      int one = left == 0 ? -1 : in.read();
      left -= one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = left == 0 ? -1 : in.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
