package jcompose.engine.daemon.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What `/info` and `/version` tell of the machine. Sizes in bytes.
///
/// @param architecture in Go's words: `amd64`; `machine` in the kernel's: `x86_64`
record HostInfo(
    String name,
    String kernel,
    String operatingSystem,
    String osVersion,
    String architecture,
    String machine,
    int processors,
    long memory,
    boolean cgroup2) {
  static final boolean CGROUP_2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));

  static HostInfo read() {
    String machine = System.getProperty("os.arch");
    String go =
        switch (machine) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64" -> "arm64";
          default -> machine;
        };
    List<String> release = lines("/etc/os-release");
    return new HostInfo(
        first("/proc/sys/kernel/hostname"),
        first("/proc/sys/kernel/osrelease"),
        value(release, "PRETTY_NAME", "Linux"),
        value(release, "VERSION_ID", ""),
        go,
        go.equals("amd64") ? "x86_64" : machine,
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(),
        CGROUP_2);
  }

  private static long memoryBytes() {
    for (String line : lines("/proc/meminfo")) {
      if (line.startsWith("MemTotal:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }

  private static String value(List<String> lines, String name, String otherwise) {
    for (String line : lines) {
      if (line.startsWith(name + "=")) {
        return line.substring(name.length() + 1).replace("\"", "");
      }
    }
    return otherwise;
  }

  private static String first(String file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "" : lines.getFirst().strip();
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
