package jcompose.engine.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A message of the monitor's protocol: a name and fields. One to a monitor has each as its length
/// (32 bits, big-endian), its bytes and a zero byte, and may hold bytes that are no text; one from
/// a monitor is text, its fields between blanks.
final class MonitorMessage {
  static final String VERSION = "3";

  private final List<byte[]> fields = new ArrayList<>();

  private MonitorMessage() {}

  static MonitorMessage of(String name, Object... arguments) {
    MonitorMessage message = new MonitorMessage();
    message.add(name);
    for (Object argument : arguments) {
      message.add(argument instanceof Boolean flag ? (flag ? "1" : "0") : argument.toString());
    }
    return message;
  }

  /// What failed may be a path with blanks in it, and is the last.
  static MonitorMessage decode(ByteBuffer payload) {
    String text = StandardCharsets.UTF_8.decode(payload).toString();
    MonitorMessage message = new MonitorMessage();
    for (String field : text.split(" ", text.startsWith("failed ") ? 4 : -1)) {
      message.add(field);
    }
    return message;
  }

  /// Appends the steps, each led by the number of its fields.
  MonitorMessage with(List<SetupStep> steps) {
    for (SetupStep step : steps) {
      add(Integer.toString(step.arguments().size() + 1));
      add(step.name());
      step.arguments().forEach(argument -> fields.add(argument.bytes()));
    }
    return this;
  }

  private void add(String text) {
    fields.add(text.getBytes(StandardCharsets.UTF_8));
  }

  String name() {
    return field(0);
  }

  String field(int index) {
    return new String(fields.get(index), StandardCharsets.UTF_8);
  }

  long number(int index) {
    return Long.parseLong(field(index));
  }

  ByteBuffer encode() {
    int size = 0;
    for (byte[] field : fields) {
      size += 5 + field.length;
    }
    ByteBuffer frame = ByteBuffer.allocate(8 + size);
    frame.putInt(MonitorChannel.MESSAGE << 24).putInt(size);
    for (byte[] field : fields) {
      frame.putInt(field.length).put(field).put((byte) 0);
    }
    return frame.flip();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < fields.size(); i++) {
      text.append(i == 0 ? "" : " ").append(field(i));
    }
    return text.toString();
  }
}
