package jcompose.engine.host.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// One netlink message under construction: header, a fixed part, then attributes, each padded to
/// four bytes (netlink(7)). Numbers are in the host's byte order.
final class Request {
  static final int NLM_F_REQUEST = 0x1;
  static final int NLM_F_ACK = 0x4;
  static final int NLM_F_DUMP = 0x300;
  static final int NLM_F_EXCL = 0x200;
  static final int NLM_F_REPLACE = 0x100;
  static final int NLM_F_CREATE = 0x400;
  private static final int NLA_F_NESTED = 0x8000;

  private final ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
  private final String description;

  /// @param description for the message of a failure
  Request(String description, int type, int flags) {
    this.description = description;
    buffer.putInt(0).putShort((short) type).putShort((short) (NLM_F_REQUEST | flags));
    buffer.putInt(0).putInt(0);
  }

  String description() {
    return description;
  }

  boolean dump() {
    return (buffer.getShort(6) & NLM_F_DUMP) == NLM_F_DUMP;
  }

  /// struct ifinfomsg: family, type, index, flags, mask of changed flags.
  Request link(int family, int index, int flags, int change) {
    buffer.put((byte) family).put((byte) 0).putShort((short) 0);
    buffer.putInt(index).putInt(flags).putInt(change);
    return this;
  }

  Request bytes(int... values) {
    for (int value : values) {
      buffer.put((byte) value);
    }
    return this;
  }

  Request word(int value) {
    buffer.putInt(value);
    return this;
  }

  Request attribute(int type, byte[] value) {
    buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    return pad();
  }

  Request attribute(int type, int value) {
    buffer.putShort((short) 8).putShort((short) type).putInt(value);
    return this;
  }

  Request attributeByte(int type, int value) {
    return attribute(type, new byte[] {(byte) value});
  }

  Request attribute(int type, String value) {
    return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  Request nested(int type, Runnable content) {
    int start = buffer.position();
    buffer.putShort((short) 0).putShort((short) (type | NLA_F_NESTED));
    content.run();
    buffer.putShort(start, (short) (buffer.position() - start));
    return this;
  }

  private Request pad() {
    while (buffer.position() % 4 != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  byte[] finish(int sequence) {
    buffer.putInt(0, buffer.position()).putInt(8, sequence);
    byte[] result = new byte[buffer.position()];
    buffer.get(0, result);
    return result;
  }
}
