package jcompose.engine.daemon.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.engine.local.LocalContainers;
import jcompose.engine.local.NetworkCounters;
import jcompose.engine.runtime.ContainerStats;
import org.jspecify.annotations.Nullable;

/// Readings of a container's resource use, each with the one before it.
final class StatsJson {
  private final LocalContainers containers;
  private final String id;
  private @Nullable ContainerStats before;

  StatsJson(LocalContainers containers, String id) {
    this.containers = containers;
    this.id = id;
  }

  /// @return empty once the container is gone
  Optional<Map<String, Object>> next() {
    String name;
    ContainerStats now;
    int pid;
    try {
      var record = containers.view(id).record();
      name = record.name().value();
      pid = record.state().pid();
    } catch (EngineException.NotFound gone) {
      return Optional.empty();
    }
    try {
      now = containers.stats(id);
    } catch (EngineException.Conflict stopped) {
      return Optional.of(stopped(name));
    }
    ContainerStats last = before;
    before = now;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("read", Json.time(now.readAt()));
    json.put("preread", last == null ? "0001-01-01T00:00:00Z" : Json.time(last.readAt()));
    json.put("pids_stats", Map.of("current", now.pids(), "limit", now.pidsLimit()));
    json.put("blkio_stats", blkio(now));
    json.put("num_procs", 0);
    json.put("storage_stats", Map.of());
    json.put("cpu_stats", cpu(now));
    json.put("precpu_stats", last == null ? noCpu() : cpu(last));
    json.put("memory_stats", memory(now));
    json.put("name", "/" + name);
    json.put("id", id);
    if (pid > 0) {
      Map<String, Object> networks = NetworkCounters.of(pid);
      if (!networks.isEmpty()) {
        json.put("networks", networks);
      }
    }
    return Optional.of(json);
  }

  private Map<String, Object> stopped(String name) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("read", "0001-01-01T00:00:00Z");
    json.put("preread", "0001-01-01T00:00:00Z");
    json.put("pids_stats", Map.of());
    json.put("blkio_stats", Map.of());
    json.put("num_procs", 0);
    json.put("storage_stats", Map.of());
    json.put("cpu_stats", noCpu());
    json.put("precpu_stats", noCpu());
    json.put("memory_stats", Map.of());
    json.put("name", "/" + name);
    json.put("id", id);
    return json;
  }

  private static Map<String, Object> noCpu() {
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("total_usage", 0);
    usage.put("usage_in_kernelmode", 0);
    usage.put("usage_in_usermode", 0);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpu_usage", usage);
    json.put("throttling_data", throttling(0, 0, 0));
    return json;
  }

  private static Map<String, Object> cpu(ContainerStats stats) {
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("total_usage", stats.cpuTotalNanos());
    usage.put("usage_in_kernelmode", stats.cpuSystemNanos());
    usage.put("usage_in_usermode", stats.cpuUserNanos());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpu_usage", usage);
    json.put("system_cpu_usage", stats.systemCpuNanos());
    json.put("online_cpus", stats.onlineCpus());
    json.put(
        "throttling_data",
        throttling(stats.periods(), stats.throttledPeriods(), stats.throttledNanos()));
    return json;
  }

  private static Map<String, Object> throttling(long periods, long throttled, long time) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("periods", periods);
    json.put("throttled_periods", throttled);
    json.put("throttled_time", time);
    return json;
  }

  private static Map<String, Object> memory(ContainerStats stats) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("usage", stats.memoryUsage());
    if (stats.memoryPeak() > 0) {
      json.put("max_usage", stats.memoryPeak());
    }
    json.put("stats", stats.memoryDetails());
    json.put("limit", stats.memoryLimit());
    return json;
  }

  private static Map<String, Object> blkio(ContainerStats stats) {
    List<Map<String, Object>> bytes = new ArrayList<>();
    List<Map<String, Object>> operations = new ArrayList<>();
    for (ContainerStats.BlockIo io : stats.blockIo()) {
      bytes.add(entry(io, "read", io.readBytes()));
      bytes.add(entry(io, "write", io.writtenBytes()));
      operations.add(entry(io, "read", io.readOperations()));
      operations.add(entry(io, "write", io.writeOperations()));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("io_service_bytes_recursive", bytes.isEmpty() ? null : bytes);
    json.put("io_serviced_recursive", operations.isEmpty() ? null : operations);
    for (String name :
        List.of(
            "io_queue_recursive",
            "io_service_time_recursive",
            "io_wait_time_recursive",
            "io_merged_recursive",
            "io_time_recursive",
            "sectors_recursive")) {
      json.put(name, null);
    }
    return json;
  }

  private static Map<String, Object> entry(ContainerStats.BlockIo io, String what, long value) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("major", io.major());
    json.put("minor", io.minor());
    json.put("op", what);
    json.put("value", value);
    return json;
  }
}
