package jcompose.engine.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.TransferListener;

/// The JSON lines that pulls, pushes and builds send. Each goes out at once; from the first on a
/// failure is one of them.
final class ProgressStream implements TransferListener {
  private final ApiCall call;
  private OutputStream out = OutputStream.nullOutputStream();
  private boolean open;

  ProgressStream(ApiCall call) {
    this.call = call;
  }

  /// Sends the head, if it was not sent yet.
  synchronized void open() {
    if (!open) {
      open = true;
      try {
        out = call.stream(200, ApiCall.JSON);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  synchronized boolean isOpen() {
    return open;
  }

  /// @throws UncheckedIOException when the client is gone
  synchronized void send(Map<String, Object> message) {
    open();
    byte[] json = Json.bytes(message);
    byte[] line = java.util.Arrays.copyOf(json, json.length + 2);
    line[json.length] = '\r';
    line[json.length + 1] = '\n';
    try {
      out.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void text(String text) {
    send(Map.of("stream", text));
  }

  void status(String text) {
    send(Map.of("status", text));
  }

  /// Both forms of an error: clients look for either.
  void error(String message, int code) {
    Map<String, Object> detail = new LinkedHashMap<>();
    if (code != 0) {
      detail.put("code", code);
    }
    detail.put("message", message);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("errorDetail", detail);
    json.put("error", message);
    send(json);
  }

  @Override
  public void progress(String part, String message, Optional<Long> current, Optional<Long> total) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", message);
    Map<String, Object> detail = new LinkedHashMap<>();
    current.ifPresent(it -> detail.put("current", it));
    total.ifPresent(it -> detail.put("total", it));
    if (!part.isEmpty()) {
      json.put("progressDetail", detail);
      if (current.isPresent()) {
        json.put("progress", bar(current.get(), total.orElse(0L)));
      }
      json.put("id", part);
    }
    send(json);
  }

  /// `[=====> ] 1.2MB/3.4MB`.
  static String bar(long current, long total) {
    if (total <= 0) {
      return size(current);
    }
    int width = 50;
    int filled = (int) Math.min(width, current * width / total);
    String arrow = filled < width ? "=".repeat(filled) + ">" : "=".repeat(width);
    return "[%s%s]  %s/%s"
        .formatted(arrow, " ".repeat(Math.max(0, width - filled)), size(current), size(total));
  }

  private static String size(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String text =
        new java.math.BigDecimal(value)
            .round(new java.math.MathContext(4))
            .stripTrailingZeros()
            .toPlainString();
    return text + units[unit];
  }

  void close() throws IOException {
    open();
    out.close();
  }
}
