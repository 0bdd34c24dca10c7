package jcompose.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import jcompose.engine.dockerfile.PathNames;
import jcompose.engine.oci.Digest;

/// What ADD fetches from an address.
///
/// @param name the last part of the address's path; may be empty
/// @param seconds when the server says it was changed, or the epoch
// a holder of bytes that no one compares
final class RemoteFile {
  private static final int MAX_BYTES = 1 << 30;
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final String name;
  private final byte[] content;
  private final long seconds;

  private RemoteFile(String name, byte[] content, long seconds) {
    this.name = name;
    this.content = content;
    this.seconds = seconds;
  }

  String name() {
    return name;
  }

  byte[] content() {
    return content;
  }

  long seconds() {
    return seconds;
  }

  /// @param checksum `sha256:…` that it must have
  static RemoteFile fetch(String url, Optional<String> checksum) throws IOException {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IOException("ADD failed: invalid address " + url, e);
    }
    try (var client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT)
            .build()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(uri).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() >= 400) {
          throw new IOException(
              "ADD failed: failed to GET " + url + " with status " + response.statusCode());
        }
        byte[] content = body.readNBytes(MAX_BYTES);
        if (content.length == MAX_BYTES) {
          throw new IOException("ADD failed: " + url + " is larger than " + MAX_BYTES + " bytes");
        }
        verify(url, content, checksum);
        String path = Optional.ofNullable(uri.getPath()).orElse("");
        return new RemoteFile(
            path.endsWith("/") ? "" : PathNames.lastName(path), content, modified(response));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("ADD failed: interrupted while fetching " + url, e);
    }
  }

  private static void verify(String url, byte[] content, Optional<String> checksum)
      throws IOException {
    if (checksum.isPresent()) {
      String actual = Digest.ofBytes(content).toString();
      if (!actual.equals(checksum.get())) {
        throw new IOException(
            "ADD failed: digest mismatch for "
                + url
                + ": expected "
                + checksum.get()
                + ", got "
                + actual);
      }
    }
  }

  private static long modified(HttpResponse<?> response) {
    Optional<String> header = response.headers().firstValue("Last-Modified");
    try {
      return header
          .map(it -> ZonedDateTime.parse(it, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond())
          .orElse(0L);
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
