package jcompose.engine.daemon.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads request line and headers, strictly: what two readers could understand in two ways is
/// refused (RFC 9112).
final class RequestHeadReader {
  private final HttpLimits limits;
  private int left;

  RequestHeadReader(HttpLimits limits) {
    this.limits = limits;
  }

  /// @return absent when the client closed the connection between requests
  /// @throws HttpException when the head is malformed or too large
  Optional<HttpRequest> read(InputStream in) throws IOException {
    left = limits.headBytes();
    String line = readLine(in);
    if (line != null && line.isEmpty()) {
      line = readLine(in); // RFC 9112, 2.2: one empty line before a request is forgiven
    }
    if (line == null) {
      return Optional.empty();
    }
    String[] words = line.split(" ", -1);
    if (words.length != 3 || !isToken(words[0]) || words[1].isEmpty()) {
      throw new HttpException(400, "malformed request line");
    }
    int minor =
        switch (words[2]) {
          case "HTTP/1.1" -> 1;
          case "HTTP/1.0" -> 0;
          default -> throw new HttpException(505, "unsupported protocol version");
        };
    Map<String, List<String>> headers = readHeaders(in);
    if (minor == 1 && headers.getOrDefault("host", List.of()).size() != 1) {
      throw new HttpException(400, "missing required Host header");
    }
    String target = withoutAuthority(words[1]);
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    return Optional.of(new HttpRequest(words[0], path, QueryString.parse(query), minor, headers));
  }

  private static String withoutAuthority(String target) {
    if (target.startsWith("/") || target.equals("*")) {
      return target;
    }
    if (target.startsWith("http://") || target.startsWith("https://")) {
      int slash = target.indexOf('/', target.indexOf("://") + 3);
      return slash < 0 ? "/" : target.substring(slash);
    }
    throw new HttpException(400, "malformed request target");
  }

  private Map<String, List<String>> readHeaders(InputStream in) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    int count = 0;
    while (true) {
      String line = readLine(in);
      if (line == null) {
        throw new EOFException("connection closed within a request");
      }
      if (line.isEmpty()) {
        return headers;
      }
      if (++count > limits.headers()) {
        throw new HttpException(431, "too many request headers");
      }
      int colon = line.indexOf(':');
      if (colon <= 0 || !isToken(line.substring(0, colon))) {
        throw new HttpException(400, "malformed header line");
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
  }

  /// A line without its end; null at the end of the stream.
  private @Nullable String readLine(InputStream in) throws IOException {
    var line = new StringBuilder(64);
    while (true) {
      int next = in.read();
      if (next < 0) {
        if (line.isEmpty()) {
          return null;
        }
        throw new EOFException("connection closed within a request");
      }
      if (--left < 0) {
        throw new HttpException(431, "request headers too large");
      }
      if (next == '\n') {
        return toText(line);
      }
      if (next == '\r') {
        left--;
        if (in.read() != '\n') {
          throw new HttpException(400, "carriage return without line feed");
        }
        return toText(line);
      }
      if ((next < ' ' && next != '\t') || next == 0x7f) {
        throw new HttpException(400, "control character in request head");
      }
      line.append((char) next);
    }
  }

  /// Bytes were gathered one a char; they may be UTF-8.
  private static String toText(StringBuilder line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) > 0x7f) {
        return new String(
            line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return line.toString();
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
