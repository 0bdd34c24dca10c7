package jcompose.engine.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.archive.TarWriter;

/// The least there is between a test and the API: a connection a call, which fails at once when the
/// daemon dies under it, and nothing is tried twice.
record ApiClient(Path socket) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param body as it came, without its chunks
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Answer(int status, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    /// The payloads of a stream whose frames tell standard output from standard error.
    String streamed() {
      var text = new StringBuilder();
      ByteBuffer rest = ByteBuffer.wrap(body);
      while (rest.remaining() >= 8) {
        rest.getInt();
        byte[] payload = new byte[rest.getInt()];
        rest.get(payload);
        text.append(new String(payload, StandardCharsets.UTF_8));
      }
      return text.toString();
    }
  }

  Answer get(String path) throws IOException {
    return call("GET", path, new byte[0]);
  }

  Answer delete(String path) throws IOException {
    return call("DELETE", path, new byte[0]);
  }

  /// @param json or nothing
  Answer post(String path, String json) throws IOException {
    return call("POST", path, json.getBytes(StandardCharsets.UTF_8));
  }

  Answer call(String method, String path, byte[] body) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String head =
          "%s /v1.45%s HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(method, path, body.length);
      var out = Channels.newOutputStream(channel);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      try {
        out.write(body);
      } catch (IOException refused) {
        // the answer, if there is one, says why
      }
      return read(new BufferedInputStream(Channels.newInputStream(channel)));
    }
  }

  private static Answer read(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    int length = -1;
    boolean chunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      chunked |= lower.startsWith("transfer-encoding: chunked");
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
    }
    if (status == 204 || status == 304) {
      return new Answer(status, new byte[0]);
    }
    if (chunked) {
      var body = new ByteArrayOutputStream();
      for (int size = size(in); size > 0; size = size(in)) {
        body.write(exactly(in, size));
        line(in);
      }
      return new Answer(status, body.toByteArray());
    }
    return new Answer(status, length < 0 ? in.readAllBytes() : exactly(in, length));
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ends too early");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the answer ends too early");
      }
      if (next == '\n') {
        return line.toString().strip();
      }
      line.append((char) next);
    }
  }

  /// Makes an image named `box` of the host's busybox.
  void importBox() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
      tar.file(TarEntry.file("bin/busybox", 0755, busybox.length), busybox);
      for (String name :
          List.of(
              "sh", "sleep", "echo", "true", "cat", "yes", "seq", "head", "dd", "mv", "ln", "rm",
              "mkdir")) {
        tar.file(linkToBusybox("bin/" + name), new byte[0]);
      }
    }
    var answer =
        call(
            "POST",
            "/images/create?fromSrc=-&repo=box&changes=ENV+PATH%3D/bin",
            bytes.toByteArray());
    if (answer.status() != 200 || answer.text().contains("errorDetail")) {
      throw new IllegalStateException("import failed: " + answer.text());
    }
  }

  private static TarEntry linkToBusybox(String name) {
    return new TarEntry(
        name,
        TarEntry.Type.HARD_LINK,
        "bin/busybox",
        0755,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        Optional.empty());
  }
}
