package jcompose.core.resource;

/// One reading of what a container has used. Times are nanoseconds of processor time, sizes bytes;
/// all but memory and processes count up since its start.
///
/// @param cpuNanos of its processes
/// @param systemNanos of the whole machine, to compare two readings
/// @param processors that are online
/// @param memoryBytes less what the kernel could give back at once
/// @param memoryLimit the machine's memory where there is no limit
public record ContainerUsage(
    long cpuNanos,
    long systemNanos,
    int processors,
    long memoryBytes,
    long memoryLimit,
    long receivedBytes,
    long sentBytes,
    long readBytes,
    long writtenBytes,
    long processes) {
  /// Of a container that does not run.
  public static final ContainerUsage NONE = new ContainerUsage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// Percent of one processor used since an earlier reading.
  public double cpuPercentSince(ContainerUsage before) {
    double used = cpuNanos - before.cpuNanos;
    double passed = systemNanos - before.systemNanos;
    return used > 0 && passed > 0 ? used / passed * processors * 100 : 0;
  }

  /// Percent of the limit.
  public double memoryPercent() {
    return memoryLimit > 0 ? 100.0 * memoryBytes / memoryLimit : 0;
  }
}
