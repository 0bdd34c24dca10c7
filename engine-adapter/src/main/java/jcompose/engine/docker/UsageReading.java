package jcompose.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import jcompose.core.resource.ContainerUsage;

/// The API's statistics as the port has them.
final class UsageReading {
  private UsageReading() {}

  static ContainerUsage usage(JsonNode json) {
    JsonNode cpu = json.path("cpu_stats");
    JsonNode memory = json.path("memory_stats");
    if (memory.path("limit").isMissingNode()) {
      return ContainerUsage.NONE; // it does not run
    }
    long received = 0;
    long sent = 0;
    for (JsonNode network : json.path("networks")) {
      received += network.path("rx_bytes").asLong();
      sent += network.path("tx_bytes").asLong();
    }
    int processors = cpu.path("online_cpus").asInt();
    return new ContainerUsage(
        cpu.path("cpu_usage").path("total_usage").asLong(),
        cpu.path("system_cpu_usage").asLong(),
        processors > 0 ? processors : cpu.path("cpu_usage").path("percpu_usage").size(),
        memory(memory),
        memory.path("limit").asLong(),
        received,
        sent,
        blocks(json, "read"),
        blocks(json, "write"),
        json.path("pids_stats").path("current").asLong());
  }

  /// The name is one in cgroup v1 and another in v2.
  private static long memory(JsonNode memory) {
    long usage = memory.path("usage").asLong();
    JsonNode details = memory.path("stats");
    long inactive =
        details.has("total_inactive_file")
            ? details.path("total_inactive_file").asLong()
            : details.path("inactive_file").asLong();
    return inactive < usage ? usage - inactive : usage;
  }

  private static long blocks(JsonNode json, String direction) {
    long bytes = 0;
    for (JsonNode entry : json.path("blkio_stats").path("io_service_bytes_recursive")) {
      if (entry.path("op").asText().equalsIgnoreCase(direction)) {
        bytes += entry.path("value").asLong();
      }
    }
    return bytes;
  }
}
