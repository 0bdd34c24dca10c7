package jcompose.engine.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ResourceLimits;

/// Refuses limits that contradict each other or ask for more than the host has, in Docker's words.
final class LimitChecks {
  private static final long LEAST_MEMORY = 6L << 20;
  private static final int MOST_PROCESSORS = 8192;

  private LimitChecks() {}

  /// @throws EngineException.Invalid naming the limit
  static void check(ResourceLimits limits) {
    memory(limits);
    processors(limits);
    limits
        .blkioWeight()
        .filter(it -> (it < 10 || it > 1000) && CreateWarnings.weighsBlockDevices())
        .ifPresent(_ -> refuse("Range of blkio weight is from 10 to 1000"));
    available(limits.cpusetCpus(), "cpus", "CPUs", "/sys/devices/system/cpu/online");
    available(limits.cpusetMems(), "mems", "memory nodes", "/sys/devices/system/node/online");
  }

  private static void memory(ResourceLimits limits) {
    long memory = limits.memoryBytes().orElse(0L);
    long swap = limits.memorySwapBytes().orElse(0L);
    long reservation = limits.memoryReservationBytes().orElse(0L);
    if (memory != 0 && memory < LEAST_MEMORY) {
      refuse("Minimum memory limit allowed is 6MB");
    }
    if (memory > 0 && swap > 0 && swap < memory) {
      refuse("Minimum memoryswap limit should be larger than memory limit, see usage");
    }
    if (memory == 0 && swap > 0) {
      refuse("You should always set the Memory limit when using Memoryswap limit, see usage");
    }
    limits
        .memorySwappiness()
        .filter(it -> it > 100)
        .ifPresent(
            it -> refuse("Invalid value: " + it + ", valid memory swappiness range is 0-100"));
    if (reservation != 0 && reservation < LEAST_MEMORY) {
      refuse("Minimum memory reservation allowed is 6MB");
    }
    if (memory > 0 && reservation > memory) {
      refuse("Minimum memory limit can not be less than memory reservation limit, see usage");
    }
  }

  private static void processors(ResourceLimits limits) {
    long nanos = limits.nanoCpus().orElse(0L);
    long period = limits.cpuPeriodMicros().orElse(0L);
    long quota = limits.cpuQuotaMicros().orElse(0L);
    if (nanos != 0 && period != 0) {
      refuse("Conflicting options: Nano CPUs and CPU Period cannot both be set");
    }
    if (nanos != 0 && quota != 0) {
      refuse("Conflicting options: Nano CPUs and CPU Quota cannot both be set");
    }
    int here = Runtime.getRuntime().availableProcessors();
    if (nanos < 0 || nanos > here * 1_000_000_000L) {
      refuse(
          "Range of CPUs is from 0.01 to %d.00, as there are only %d CPUs available"
              .formatted(here, here));
    }
    if (period != 0 && (period < 1000 || period > 1_000_000)) {
      refuse(
          "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
    }
    if (quota > 0 && quota < 1000) {
      refuse("CPU cfs quota can not be less than 1ms (i.e. 1000)");
    }
  }

  private static void available(
      Optional<String> wanted, String name, String words, String onlineFile) {
    if (wanted.isEmpty()) {
      return;
    }
    BitSet asked = new BitSet();
    if (!read(wanted.get(), asked)) {
      throw new EngineException.Invalid(
          "Invalid value %s for cpuset %s".formatted(wanted.get(), name));
    }
    String online;
    try {
      online = Files.readString(Path.of(onlineFile)).strip();
    } catch (IOException e) {
      return; // a host that does not tell: the kernel will
    }
    BitSet there = new BitSet();
    read(online, there);
    asked.andNot(there);
    if (!asked.isEmpty()) {
      throw new EngineException.Invalid(
          "Requested %s are not available - requested %s, available: %s"
              .formatted(words, wanted.get(), online));
    }
  }

  /// Reads a list such as `0-3,7`.
  private static boolean read(String list, BitSet into) {
    for (String part : list.split(",", -1)) {
      if (!part.matches("[0-9]{1,4}(-[0-9]{1,4})?")) {
        return false;
      }
      String[] ends = part.split("-");
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      if (last < first || last >= MOST_PROCESSORS) {
        return false;
      }
      into.set(first, last + 1);
    }
    return true;
  }

  private static void refuse(String message) {
    throw new EngineException.Invalid(message);
  }
}
