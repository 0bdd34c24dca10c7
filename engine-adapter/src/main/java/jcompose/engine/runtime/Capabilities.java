package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jcompose.core.engine.EngineException;

/// Sets of capabilities as numbers with one bit each; see capabilities(7).
public final class Capabilities {
  /// In the order of their numbers.
  private static final List<String> NAMES =
      List.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "KILL",
          "SETGID",
          "SETUID",
          "SETPCAP",
          "LINUX_IMMUTABLE",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_ADMIN",
          "NET_RAW",
          "IPC_LOCK",
          "IPC_OWNER",
          "SYS_MODULE",
          "SYS_RAWIO",
          "SYS_CHROOT",
          "SYS_PTRACE",
          "SYS_PACCT",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_NICE",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "MKNOD",
          "LEASE",
          "AUDIT_WRITE",
          "AUDIT_CONTROL",
          "SETFCAP",
          "MAC_OVERRIDE",
          "MAC_ADMIN",
          "SYSLOG",
          "WAKE_ALARM",
          "BLOCK_SUSPEND",
          "AUDIT_READ",
          "PERFMON",
          "BPF",
          "CHECKPOINT_RESTORE");

  static final long ALL = (1L << NAMES.size()) - 1;

  /// Docker's fourteen.
  static final long DEFAULT =
      of(
          "CHOWN",
          "DAC_OVERRIDE",
          "FSETID",
          "FOWNER",
          "MKNOD",
          "NET_RAW",
          "SETGID",
          "SETUID",
          "SETFCAP",
          "SETPCAP",
          "NET_BIND_SERVICE",
          "SYS_CHROOT",
          "KILL",
          "AUDIT_WRITE");

  private Capabilities() {}

  private static long of(String... names) {
    long set = 0;
    for (String name : names) {
      set |= bit(name);
    }
    return set;
  }

  /// The set for `cap_add` and `cap_drop`: what is added wins over `ALL` dropped, what is dropped
  /// by name over what is added, as Docker has it.
  static long resolve(List<String> add, List<String> drop) {
    boolean addAll = contains(add, "ALL");
    boolean dropAll = contains(drop, "ALL");
    long set = addAll ? ALL : dropAll ? 0 : DEFAULT;
    for (String name : drop) {
      if (!normal(name).equals("ALL")) {
        set &= ~bit(name);
      }
    }
    for (String name : add) {
      if (!normal(name).equals("ALL") && !(addAll && contains(drop, normal(name)))) {
        set |= bit(name);
      }
    }
    return set;
  }

  /// What of it the engine itself has: no one can grant more, and Docker leaves the rest out too.
  static long possible(long set) {
    return set & Own.PERMITTED;
  }

  private static final class Own {
    static final long PERMITTED = read();

    private static long read() {
      try (var lines = Files.lines(Path.of("/proc/self/status"))) {
        return lines
            .filter(line -> line.startsWith("CapPrm:"))
            .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .findFirst()
            .orElse(ALL);
      } catch (IOException e) {
        return ALL;
      }
    }
  }

  /// Whether there is one of this name, with or without `CAP_`; `ALL` counts.
  public static boolean isKnown(String name) {
    return normal(name).equals("ALL") || NAMES.contains(normal(name));
  }

  static boolean has(long set, String name) {
    return (set & bit(name)) != 0;
  }

  private static boolean contains(List<String> names, String wanted) {
    return names.stream().anyMatch(name -> normal(name).equals(wanted));
  }

  private static String normal(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("CAP_") ? upper.substring(4) : upper;
  }

  private static long bit(String name) {
    int index = NAMES.indexOf(normal(name));
    if (index < 0) {
      throw new EngineException.Invalid("invalid capability: \"" + name + "\"");
    }
    return 1L << index;
  }
}
