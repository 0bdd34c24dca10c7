package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jcompose.engine.host.Cgroup;

/// Reads what a control group counts.
final class CgroupStatistics {
  private static final long TICK_NANOS =
      10_000_000; // USER_HZ is 100 on every architecture we support

  private CgroupStatistics() {}

  static ContainerStats read(Cgroup group) {
    return group.unified() ? unified(group) : split(group);
  }

  private static ContainerStats unified(Cgroup group) {
    Map<String, Long> cpu = table(group.read("cpu", "cpu.stat").orElse(""));
    return new ContainerStats(
        Instant.now(),
        cpu.getOrDefault("usage_usec", 0L) * 1000,
        cpu.getOrDefault("user_usec", 0L) * 1000,
        cpu.getOrDefault("system_usec", 0L) * 1000,
        systemNanos(),
        Runtime.getRuntime().availableProcessors(),
        cpu.getOrDefault("nr_throttled", 0L),
        cpu.getOrDefault("nr_periods", 0L),
        cpu.getOrDefault("throttled_usec", 0L) * 1000,
        number(group, "memory", "memory.current"),
        limit(number(group, "memory", "memory.max")),
        number(group, "memory", "memory.peak"),
        table(group.read("memory", "memory.stat").orElse("")),
        number(group, "pids", "pids.current"),
        number(group, "pids", "pids.max"),
        unifiedIo(group.read("io", "io.stat").orElse("")));
  }

  private static ContainerStats split(Cgroup group) {
    Map<String, Long> throttling = table(group.read("cpu", "cpu.stat").orElse(""));
    Map<String, Long> shares = table(group.read("cpuacct", "cpuacct.stat").orElse(""));
    return new ContainerStats(
        Instant.now(),
        number(group, "cpuacct", "cpuacct.usage"),
        shares.getOrDefault("user", 0L) * TICK_NANOS,
        shares.getOrDefault("system", 0L) * TICK_NANOS,
        systemNanos(),
        Runtime.getRuntime().availableProcessors(),
        throttling.getOrDefault("nr_throttled", 0L),
        throttling.getOrDefault("nr_periods", 0L),
        throttling.getOrDefault("throttled_time", 0L),
        number(group, "memory", "memory.usage_in_bytes"),
        limit(number(group, "memory", "memory.limit_in_bytes")),
        number(group, "memory", "memory.max_usage_in_bytes"),
        table(group.read("memory", "memory.stat").orElse("")),
        number(group, "pids", "pids.current"),
        number(group, "pids", "pids.max"),
        splitIo(group));
  }

  /// `max` and a missing file are 0.
  private static long number(Cgroup group, String controller, String file) {
    String text = group.read(controller, file).orElse("");
    return text.matches("[0-9]{1,19}") ? Long.parseLong(text) : 0;
  }

  private static long limit(long value) {
    long machine = machineMemory();
    return value == 0 || value > machine ? machine : value;
  }

  private static Map<String, Long> table(String text) {
    Map<String, Long> values = new HashMap<>();
    for (String line : text.split("\n")) {
      String[] words = line.split(" ");
      if (words.length == 2 && words[1].matches("[0-9]{1,18}")) {
        values.put(words[0], Long.valueOf(words[1]));
      }
    }
    return values;
  }

  private static List<ContainerStats.BlockIo> unifiedIo(String text) {
    List<ContainerStats.BlockIo> all = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] words = line.split("[ :]");
      if (words.length > 2 && words[0].matches("[0-9]+")) {
        Map<String, Long> values =
            table(String.join("\n", List.of(words).subList(2, words.length)).replace('=', ' '));
        all.add(
            new ContainerStats.BlockIo(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                values.getOrDefault("rbytes", 0L),
                values.getOrDefault("wbytes", 0L),
                values.getOrDefault("rios", 0L),
                values.getOrDefault("wios", 0L)));
      }
    }
    return all;
  }

  private static List<ContainerStats.BlockIo> splitIo(Cgroup group) {
    Map<String, long[]> devices = new TreeMap<>();
    gather(devices, group.read("blkio", "blkio.throttle.io_service_bytes").orElse(""), 0);
    gather(devices, group.read("blkio", "blkio.throttle.io_serviced").orElse(""), 2);
    List<ContainerStats.BlockIo> all = new ArrayList<>();
    devices.forEach(
        (device, n) -> {
          String[] numbers = device.split(":");
          all.add(
              new ContainerStats.BlockIo(
                  Integer.parseInt(numbers[0]),
                  Integer.parseInt(numbers[1]),
                  n[0],
                  n[1],
                  n[2],
                  n[3]));
        });
    return all;
  }

  private static void gather(Map<String, long[]> devices, String text, int at) {
    for (String line : text.split("\n")) {
      String[] words = line.split(" ");
      if (words.length == 3 && words[0].matches("[0-9]+:[0-9]+")) {
        long[] numbers = devices.computeIfAbsent(words[0], _ -> new long[4]);
        switch (words[1]) {
          case "Read" -> numbers[at] = Long.parseLong(words[2]);
          case "Write" -> numbers[at + 1] = Long.parseLong(words[2]);
          default -> {}
        }
      }
    }
  }

  /// The first line of /proc/stat without guest time, which is part of user time already.
  private static long systemNanos() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      String[] words = lines.findFirst().orElse("").trim().split(" +");
      long ticks = 0;
      for (int i = 1; i < Math.min(words.length, 9); i++) {
        ticks += Long.parseLong(words[i]);
      }
      return ticks * TICK_NANOS;
    } catch (IOException e) {
      return 0;
    }
  }

  private static long machineMemory() {
    try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
      return Long.parseLong(lines.findFirst().orElse("0").replaceAll("[^0-9]", "")) * 1024;
    } catch (IOException e) {
      return 0;
    }
  }
}
