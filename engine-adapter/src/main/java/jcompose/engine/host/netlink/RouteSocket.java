package jcompose.engine.host.netlink;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A NETLINK_ROUTE socket of the network namespace of the thread that opens it. For one thread at a
/// time.
final class RouteSocket implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int HEADER = 16;
  private static final int NLM_F_CAPPED = 0x100;
  private static final int NLM_F_ACK_TLVS = 0x200;
  private static final int NLMSGERR_ATTR_MSG = 1;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment in = arena.allocate(1 << 16);
  private final int descriptor;
  private int sequence;

  RouteSocket() {
    descriptor = SystemCalls.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
    SystemCalls.setOption(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, 1);
  }

  /// Sends a request and waits for its acknowledgement.
  void acknowledge(Request request) {
    exchange(request);
  }

  /// Sends a request and returns the messages that answer it, without their headers.
  List<ByteBuffer> exchange(Request request) {
    sequence++;
    byte[] message = request.finish(sequence);
    try (var call = Arena.ofConfined()) {
      MemorySegment bytes = call.allocate(message.length);
      MemorySegment.copy(message, 0, bytes, ValueLayout.JAVA_BYTE, 0, message.length);
      SystemCalls.send(descriptor, bytes);
    }
    var answers = new ArrayList<ByteBuffer>();
    while (true) {
      int length = SystemCalls.receive(descriptor, in);
      ByteBuffer packet = in.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
      while (packet.remaining() >= HEADER) {
        int start = packet.position();
        int size = packet.getInt(start);
        int type = packet.getShort(start + 4) & 0xffff;
        if (size < HEADER || size > packet.remaining()) {
          throw new IllegalStateException("a netlink message of " + size + " bytes");
        }
        if (packet.getInt(start + 8) == sequence) {
          if (type == NLMSG_DONE) {
            return answers;
          }
          if (type == NLMSG_ERROR) {
            int errno = -packet.getInt(start + HEADER);
            if (errno != 0) {
              throw new NetlinkException(
                  request.description(), errno, explanation(packet, start, size));
            }
            return answers;
          }
          byte[] body = new byte[size - HEADER];
          packet.get(start + HEADER, body);
          answers.add(ByteBuffer.wrap(body).order(ByteOrder.nativeOrder()));
        }
        packet.position(start + Math.min((size + 3) & ~3, packet.remaining()));
      }
    }
  }

  /// The sentence in an extended acknowledgement; empty when there is none.
  private static String explanation(ByteBuffer packet, int start, int size) {
    int flags = packet.getShort(start + 6);
    if ((flags & NLM_F_ACK_TLVS) == 0) {
      return "";
    }
    int echoed = (flags & NLM_F_CAPPED) != 0 ? HEADER : packet.getInt(start + HEADER + 4);
    int at = start + HEADER + 4 + ((echoed + 3) & ~3);
    ByteBuffer rest = packet.duplicate().order(ByteOrder.nativeOrder());
    rest.limit(start + size).position(Math.min(at, start + size));
    byte[] text = Attributes.of(rest).bytes(NLMSGERR_ATTR_MSG);
    return text == null ? "" : new String(text, StandardCharsets.UTF_8).replace("\0", "");
  }

  @Override
  public void close() {
    SystemCalls.close(descriptor);
    arena.close();
  }
}
