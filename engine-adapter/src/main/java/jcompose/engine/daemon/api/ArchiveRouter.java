package jcompose.engine.daemon.api;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import jcompose.core.engine.EngineException;
import jcompose.engine.daemon.http.HttpExchange;
import jcompose.engine.host.files.FileStatus;
import jcompose.engine.local.ContainerFiles;
import jcompose.engine.local.LocalEngine;

/// `/containers/{id}/archive`: files in and out of containers as tars.
final class ArchiveRouter {
  private static final String STAT = "X-Docker-Container-Path-Stat";
  private static final String TAR = "application/x-tar";

  private final LocalEngine engine;
  private final ContainerFiles files;

  ArchiveRouter(LocalEngine engine) {
    this.engine = engine;
    this.files = engine.containers().files();
  }

  void register(Routes routes) {
    routes
        .add("HEAD", "/containers/{id}/archive", this::stat)
        .add("GET", "/containers/{id}/archive", this::get)
        .add("PUT", "/containers/{id}/archive", this::put)
        .add("GET", "/containers/{id}/export", this::export);
  }

  private static String path(ApiCall call) {
    return call.parameter("path")
        .orElseThrow(() -> new EngineException.Invalid("bad parameter: 'path' cannot be empty"));
  }

  private void stat(ApiCall call) throws IOException {
    describe(call.exchange(), files.find(call.place("id"), path(call)));
    call.empty(200);
  }

  private void get(ApiCall call) throws IOException {
    HttpExchange exchange = call.exchange();
    try (var stream = new LateStream()) {
      files.pack(
          call.place("id"),
          path(call),
          found -> {
            describe(exchange, found);
            engine.publishContainer(call.place("id"), "archive-path", Map.of());
            return stream.open(call);
          });
      stream.succeeded();
    }
  }

  private void export(ApiCall call) throws IOException {
    try (var stream = new LateStream()) {
      files.export(call.place("id"), _ -> stream.open(call));
      engine.publishContainer(call.place("id"), "export", Map.of());
      stream.succeeded();
    }
  }

  /// A response body that is only begun once there is something to send, and ended when all went
  /// well.
  private static final class LateStream implements AutoCloseable {
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean failed = true;

    OutputStream open(ApiCall call) throws IOException {
      out = call.stream(200, TAR);
      return new BufferedOutputStream(out, 1 << 16) {
        @Override
        public void close() throws IOException {
          flush(); // the end of the tar is not yet the end of the response
        }
      };
    }

    void succeeded() {
      failed = false;
    }

    @Override
    public void close() throws IOException {
      if (!failed) {
        out.close();
      }
    }
  }

  private void put(ApiCall call) throws IOException {
    InputStream body = call.rawBody();
    var pushback = new PushbackInputStream(body, 2);
    byte[] magic = pushback.readNBytes(2);
    pushback.unread(magic);
    boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
    files.unpack(
        call.place("id"),
        path(call),
        new ContainerFiles.UnpackOptions(
            call.flag("noOverwriteDirNonDir"), call.flag("copyUIDGID")),
        gzip ? new GZIPInputStream(pushback) : pushback);
    engine.publishContainer(call.place("id"), "extract-to-dir", Map.of());
    call.empty(200);
  }

  private static void describe(HttpExchange exchange, ContainerFiles.Found found) {
    FileStatus status = found.status();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", found.name());
    json.put("size", status.size());
    json.put("mode", goMode(status));
    json.put("mtime", Json.time(Instant.ofEpochSecond(status.seconds(), status.nanos())));
    json.put("linkTarget", found.linkTarget());
    exchange.header(STAT, Base64.getEncoder().encodeToString(Json.bytes(json)));
  }

  /// Permissions below, type in Go's bits above.
  ///
  /// @see <a href="https://pkg.go.dev/io/fs#FileMode">FileMode</a>
  static long goMode(FileStatus status) {
    long mode = status.permissions() & 0777;
    mode |=
        switch (status.type()) {
          case FileStatus.DIRECTORY -> 1L << 31;
          case FileStatus.SYMLINK -> 1L << 27;
          case FileStatus.BLOCK -> 1L << 26;
          case FileStatus.CHARACTER -> 1L << 26 | 1L << 21;
          case FileStatus.FIFO -> 1L << 25;
          case FileStatus.SOCKET -> 1L << 24;
          default -> 0;
        };
    mode |= (status.permissions() & 04000) != 0 ? 1L << 23 : 0;
    mode |= (status.permissions() & 02000) != 0 ? 1L << 22 : 0;
    mode |= (status.permissions() & 01000) != 0 ? 1L << 20 : 0;
    return mode;
  }
}
