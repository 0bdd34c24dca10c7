package jcompose.engine.host.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The attributes of a message, by type.
record Attributes(Map<Integer, byte[]> values) {
  private static final int TYPE_MASK = 0x3fff;

  /// Reads what remains of the buffer.
  static Attributes of(ByteBuffer buffer) {
    var values = new HashMap<Integer, byte[]>();
    while (buffer.remaining() >= 4) {
      int start = buffer.position();
      int size = buffer.getShort(start) & 0xffff;
      if (size < 4 || size > buffer.remaining()) {
        break;
      }
      byte[] value = new byte[size - 4];
      buffer.get(start + 4, value);
      values.put(buffer.getShort(start + 2) & TYPE_MASK, value);
      buffer.position(start + Math.min((size + 3) & ~3, buffer.remaining()));
    }
    return new Attributes(values);
  }

  byte @Nullable [] bytes(int type) {
    return values.get(type);
  }

  String text(int type) {
    byte[] value = values.get(type);
    return value == null ? "" : new String(value, StandardCharsets.UTF_8).replace("\0", "");
  }

  int number(int type) {
    byte[] value = values.get(type);
    return value == null || value.length < 4
        ? 0
        : ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt();
  }

  Attributes nested(int type) {
    byte[] value = values.get(type);
    return value == null
        ? new Attributes(Map.of())
        : of(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()));
  }
}
