package jcompose.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jcompose.core.resource.ResourceLimits;
import org.junit.jupiter.api.Test;

/// Which file of a control group gets which value.
class CgroupLimitsTest {
  private static final ResourceLimits ALL =
      new ResourceLimits(
          Optional.of(64L << 20),
          Optional.of(32L << 20),
          Optional.of(96L << 20),
          Optional.of(10),
          Optional.of(true),
          Optional.of(1_500_000_000L),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(1024),
          Optional.of("0-1"),
          Optional.of("0"),
          Optional.of(100L),
          Optional.of(500),
          List.of());

  @Test
  void on_v2() {
    assertThat(written(ALL, true))
        .isEqualTo(
            """
            memory.low 33554432
            memory.max 67108864
            memory.swap.max 33554432
            cpu.max 150000 100000
            cpu.weight 39
            cpuset.cpus 0-1
            cpuset.mems 0
            pids.max 100
            io.bfq.weight 500
            io.weight default 4950
            """);
  }

  @Test
  void on_v1() {
    assertThat(written(ALL, false))
        .isEqualTo(
            """
            memory.limit_in_bytes 67108864
            memory.memsw.limit_in_bytes 100663296
            memory.soft_limit_in_bytes 33554432
            memory.swappiness 10
            memory.oom_control 1
            cpu.cfs_period_us 100000
            cpu.cfs_quota_us 150000
            cpu.shares 1024
            cpuset.cpus 0-1
            cpuset.mems 0
            pids.max 100
            blkio.bfq.weight 500
            """);
  }

  @Test
  void nothing_is_written_where_nothing_is_limited() {
    assertThat(written(ResourceLimits.NONE, true) + written(ResourceLimits.NONE, false)).isEmpty();
  }

  private static String written(ResourceLimits limits, boolean unified) {
    return CgroupLimits.settings(limits, unified).stream()
        .map(it -> it.file() + " " + it.value() + "\n")
        .collect(Collectors.joining());
  }
}
