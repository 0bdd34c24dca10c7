package jcompose.engine.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/// Device rules of a v2 group, which has no file for them: a small eBPF program decides. See bpf(2)
/// and the kernel's `struct bpf_cgroup_dev_ctx`.
final class DeviceProgram {
  private static final int BPF_PROG_LOAD = 5;
  private static final int BPF_PROG_ATTACH = 8;
  private static final int BPF_PROG_TYPE_CGROUP_DEVICE = 15;
  private static final int BPF_CGROUP_DEVICE = 6;
  private static final int BPF_F_ALLOW_MULTI = 2;
  private static final int ATTRIBUTES = 128;

  private static final int LOAD_WORD = 0x61;
  private static final int AND = 0x57;
  private static final int SHIFT_RIGHT = 0x77;
  private static final int SKIP_UNLESS_EQUAL = 0x55;
  private static final int COPY = 0xbf;
  private static final int SET = 0xb7;
  private static final int EXIT = 0x95;

  private static final int CONTEXT = 1;
  private static final int TYPE = 2;
  private static final int ACCESS = 3;
  private static final int MAJOR = 4;
  private static final int MINOR = 5;
  private static final int SCRATCH = 6;
  private static final int ALL_ACCESS = 7;

  private DeviceProgram() {}

  static void attach(Path folder, List<DeviceRule> rules) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      byte[] instructions = assemble(rules);
      MemorySegment code = arena.allocate(instructions.length, 8);
      MemorySegment.copy(instructions, 0, code, ValueLayout.JAVA_BYTE, 0, instructions.length);
      MemorySegment load = arena.allocate(ATTRIBUTES, 8);
      load.set(ValueLayout.JAVA_INT, 0, BPF_PROG_TYPE_CGROUP_DEVICE);
      load.set(ValueLayout.JAVA_INT, 4, instructions.length / 8);
      load.set(ValueLayout.JAVA_LONG, 8, code.address());
      load.set(ValueLayout.JAVA_LONG, 16, arena.allocateFrom("Apache-2.0").address());
      int program = bpf(arena, BPF_PROG_LOAD, load);
      int group = RootedFiles.openPath(arena, folder);
      try {
        MemorySegment attach = arena.allocate(ATTRIBUTES, 8);
        attach.set(ValueLayout.JAVA_INT, 0, group);
        attach.set(ValueLayout.JAVA_INT, 4, program);
        attach.set(ValueLayout.JAVA_INT, 8, BPF_CGROUP_DEVICE);
        attach.set(ValueLayout.JAVA_INT, 12, BPF_F_ALLOW_MULTI);
        bpf(arena, BPF_PROG_ATTACH, attach);
      } finally {
        Kernel.close(group);
        Kernel.close(program);
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot limit devices of " + folder + " by an eBPF program: " + e.getMessage(), e);
    }
  }

  private static int bpf(Arena arena, int command, MemorySegment attributes) throws IOException {
    long number = System.getProperty("os.arch").equals("aarch64") ? 280 : 321;
    return (int)
        Kernel.call(arena, number, command, attributes, MemorySegment.ofAddress(ATTRIBUTES), 0);
  }

  /// Answers 1 from the first rule that covers the access, else 0.
  static byte[] assemble(List<DeviceRule> rules) {
    ByteBuffer code =
        ByteBuffer.allocate(8 * (8 + 8 * rules.size())).order(ByteOrder.nativeOrder());
    put(code, LOAD_WORD, TYPE, CONTEXT, 0, 0);
    put(code, AND, TYPE, 0, 0, 0xffff);
    put(code, LOAD_WORD, ACCESS, CONTEXT, 0, 0);
    put(code, SHIFT_RIGHT, ACCESS, 0, 0, 16);
    put(code, LOAD_WORD, MAJOR, CONTEXT, 4, 0);
    put(code, LOAD_WORD, MINOR, CONTEXT, 8, 0);
    for (DeviceRule rule : rules) {
      ByteBuffer body = ByteBuffer.allocate(8 * 8).order(ByteOrder.nativeOrder());
      int allowed = access(rule.access());
      int length =
          (rule.type() == 'a' ? 0 : 1)
              + (allowed == ALL_ACCESS ? 0 : 3)
              + (rule.major() < 0 ? 0 : 1)
              + (rule.minor() < 0 ? 0 : 1)
              + 2;
      int left = length;
      if (rule.type() != 'a') {
        put(body, SKIP_UNLESS_EQUAL, TYPE, 0, --left, rule.type() == 'b' ? 1 : 2);
      }
      if (allowed != ALL_ACCESS) {
        left -= 3;
        put(body, COPY, SCRATCH, ACCESS, 0, 0);
        put(body, AND, SCRATCH, 0, 0, ~allowed);
        put(body, SKIP_UNLESS_EQUAL, SCRATCH, 0, left, 0);
      }
      if (rule.major() >= 0) {
        put(body, SKIP_UNLESS_EQUAL, MAJOR, 0, --left, rule.major());
      }
      if (rule.minor() >= 0) {
        put(body, SKIP_UNLESS_EQUAL, MINOR, 0, --left, rule.minor());
      }
      put(body, SET, 0, 0, 0, 1);
      put(body, EXIT, 0, 0, 0, 0);
      code.put(body.flip());
    }
    put(code, SET, 0, 0, 0, 0);
    put(code, EXIT, 0, 0, 0, 0);
    byte[] bytes = new byte[code.position()];
    code.flip().get(bytes);
    return bytes;
  }

  private static int access(String letters) {
    return (letters.contains("m") ? 1 : 0)
        | (letters.contains("r") ? 2 : 0)
        | (letters.contains("w") ? 4 : 0);
  }

  private static void put(ByteBuffer code, int operation, int to, int from, int offset, int value) {
    code.put((byte) operation)
        .put((byte) ((from << 4) | to))
        .putShort((short) offset)
        .putInt(value);
  }
}
