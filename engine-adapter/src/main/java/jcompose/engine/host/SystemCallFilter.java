package jcompose.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Compiles filters of system calls to BPF with libseccomp; see seccomp_init(3) and its neighbours.
public final class SystemCallFilter {
  public static final int ALLOW = 0x7fff0000;
  public static final int LOG = 0x7ffc0000;
  public static final int TRAP = 0x00030000;
  public static final int KILL_THREAD = 0;
  public static final int KILL_PROCESS = 0x80000000;

  private static final int X86 = 0x40000003;
  private static final int X32 = 0x4000003e;
  private static final int ARM = 0x40000028;
  private static final int OPTIMIZE = 8; // SCMP_FLTATR_CTL_OPTIMIZE
  private static final int BINARY_TREE = 2;
  private static final int ENOSYS = 38;

  private final Arena arena;
  private final MemorySegment context;
  private int highest;

  private SystemCallFilter(Arena arena, MemorySegment context) {
    this.arena = arena;
    this.context = context;
  }

  /// The action that makes a call fail.
  public static int errno(int number) {
    return 0x00050000 | number;
  }

  /// Compiles the rules. A name the library does not know is left out: such a call is newer than
  /// the library, and then answered with ENOSYS, on which programs fall back to an older one, where
  /// an EPERM would end them.
  ///
  /// @param otherwise the action for what no rule covers
  /// @return instructions of eight bytes, each as a number of this processor
  /// @throws IOException when the library is missing or refuses a rule
  public static List<Long> compile(int otherwise, List<Rule> rules) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment context = Library.init(otherwise);
      try {
        SystemCallFilter filter = new SystemCallFilter(arena, context);
        filter.build(otherwise, rules);
        return filter.export(otherwise != ALLOW && otherwise != LOG);
      } finally {
        Library.release(context);
      }
    }
  }

  private void build(int otherwise, List<Rule> rules) throws IOException {
    switch (System.getProperty("os.arch")) {
      case "amd64" -> {
        Library.addArchitecture(context, X86);
        Library.addArchitecture(context, X32);
      }
      case "aarch64" -> Library.addArchitecture(context, ARM);
      default -> {}
    }
    Library.attribute(
        context, OPTIMIZE, BINARY_TREE); // an older library refuses: then it is only slower
    for (Rule rule : rules) {
      int number = Library.resolve(arena.allocateFrom(rule.name()));
      highest = Math.max(highest, number);
      if (number == -1 || rule.action() == otherwise) {
        continue;
      }
      MemorySegment arguments = arena.allocate(24L * Math.max(1, rule.conditions().size()), 8);
      for (int i = 0; i < rule.conditions().size(); i++) {
        Condition condition = rule.conditions().get(i);
        long at = 24L * i; // struct scmp_arg_cmp: argument, comparison, two values
        arguments.set(JAVA_INT, at, condition.argument());
        arguments.set(JAVA_INT, at + 4, condition.comparison().number);
        arguments.set(JAVA_LONG, at + 8, condition.value());
        arguments.set(JAVA_LONG, at + 16, condition.second());
      }
      int result =
          Library.addRule(context, rule.action(), number, rule.conditions().size(), arguments);
      if (result != 0) {
        throw new IOException(
            "libseccomp refuses the rule for " + rule.name() + ": " + Errors.message(-result));
      }
    }
  }

  /// @param strict whether a call that no rule names is refused
  private List<Long> export(boolean strict) throws IOException {
    int file = Library.memoryFile(arena.allocateFrom("seccomp"));
    try {
      int result = Library.export(context, file);
      if (file < 0 || result != 0) {
        throw new IOException("libseccomp cannot compile the filter: " + Errors.message(-result));
      }
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/fd/" + file)))
              .order(ByteOrder.nativeOrder());
      List<Long> program = new ArrayList<>(strict ? answerNewerCalls() : List.of());
      while (bytes.remaining() >= 8) {
        program.add(bytes.getLong());
      }
      return program;
    } finally {
      Kernel.close(file);
    }
  }

  /// Before all else: a call of this architecture above every number the rules name gets ENOSYS.
  private List<Long> answerNewerCalls() {
    int architecture = Library.nativeArchitecture();
    return List.of(
        instruction(0x20, 0, 0, 4), // load the architecture
        instruction(0x15, 0, 4, architecture), // another one: on to the filter
        instruction(0x20, 0, 0, 0), // load the call's number
        instruction(0x35, 2, 0, 0x40000000), // x32 has numbers of its own
        instruction(0x25, 0, 1, highest),
        instruction(0x06, 0, 0, errno(ENOSYS)));
  }

  private static long instruction(int code, int jumpTrue, int jumpFalse, int value) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.nativeOrder())
        .putShort((short) code)
        .put((byte) jumpTrue)
        .put((byte) jumpFalse)
        .putInt(value)
        .getLong(0);
  }

  /// What happens to one system call when all conditions hold.
  public record Rule(String name, int action, List<Condition> conditions) {
    public Rule {
      conditions = List.copyOf(conditions);
    }
  }

  /// One argument compared.
  ///
  /// @param second the value for `MASKED_EQUAL`, whose mask `value` is
  public record Condition(int argument, Comparison comparison, long value, long second) {}

  /// How an argument is compared.
  public enum Comparison {
    NOT_EQUAL(1),
    LESS(2),
    LESS_OR_EQUAL(3),
    EQUAL(4),
    GREATER_OR_EQUAL(5),
    GREATER(6),
    MASKED_EQUAL(7);

    private final int number;

    Comparison(int number) {
      this.number = number;
    }
  }

  /// The library's functions; loaded when the first filter is compiled.
  private static final class Library {
    private static final Linker LINKER = Linker.nativeLinker();

    private static MethodHandle function(String name, FunctionDescriptor descriptor)
        throws IOException {
      try {
        SymbolLookup lookup = SymbolLookup.libraryLookup("libseccomp.so.2", Arena.global());
        return LINKER.downcallHandle(lookup.find(name).orElseThrow(), descriptor);
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "libseccomp.so.2 is missing: install the package libseccomp2, or run containers with"
                + " the security option seccomp=unconfined",
            e);
      }
    }

    private static Object call(String name, FunctionDescriptor descriptor, Object... arguments)
        throws IOException {
      MethodHandle function = function(name, descriptor);
      try {
        return function.invokeWithArguments(arguments);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    static MemorySegment init(int action) throws IOException {
      MemorySegment context =
          (MemorySegment) call("seccomp_init", FunctionDescriptor.of(ADDRESS, JAVA_INT), action);
      if (context.address() == 0) {
        throw new IOException("libseccomp cannot begin a filter");
      }
      return context;
    }

    static void release(MemorySegment context) throws IOException {
      call("seccomp_release", FunctionDescriptor.ofVoid(ADDRESS), context);
    }

    static int addArchitecture(MemorySegment context, int token) throws IOException {
      return (int)
          call(
              "seccomp_arch_add",
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
              context,
              token);
    }

    static int nativeArchitecture() {
      try {
        return (int) call("seccomp_arch_native", FunctionDescriptor.of(JAVA_INT));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    static int attribute(MemorySegment context, int attribute, int value) throws IOException {
      return (int)
          call(
              "seccomp_attr_set",
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
              context,
              attribute,
              value);
    }

    static int resolve(MemorySegment name) throws IOException {
      return (int)
          call("seccomp_syscall_resolve_name", FunctionDescriptor.of(JAVA_INT, ADDRESS), name);
    }

    static int addRule(
        MemorySegment context, int action, int call, int count, MemorySegment arguments)
        throws IOException {
      return (int)
          call(
              "seccomp_rule_add_array",
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
              context,
              action,
              call,
              count,
              arguments);
    }

    static int export(MemorySegment context, int file) throws IOException {
      return (int)
          call(
              "seccomp_export_bpf",
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
              context,
              file);
    }

    static int memoryFile(MemorySegment name) {
      try {
        return (int)
            LINKER
                .downcallHandle(
                    LINKER.defaultLookup().findOrThrow("memfd_create"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT))
                .invokeWithArguments(name, 1);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }
}
