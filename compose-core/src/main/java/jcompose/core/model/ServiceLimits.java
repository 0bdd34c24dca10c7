package jcompose.core.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How much a container may use; `deploy.resources` says the same in other words. Sizes in bytes.
///
/// @param memswapLimit memory and swap together; -1 for unlimited
/// @param pidsLimit -1 for unlimited
/// @param cpuPeriod microseconds, as are the quota and the realtime values
public record ServiceLimits(
    Optional<Long> memLimit,
    Optional<Long> memReservation,
    Optional<Long> memswapLimit,
    Optional<Long> memSwappiness,
    Optional<Long> shmSize,
    Optional<BigDecimal> cpus,
    Optional<Long> cpuShares,
    Optional<Long> cpuPeriod,
    Optional<Long> cpuQuota,
    Optional<Long> cpuRtPeriod,
    Optional<Long> cpuRtRuntime,
    Optional<String> cpuset,
    Optional<Long> cpuCount,
    Optional<BigDecimal> cpuPercent,
    Optional<Long> pidsLimit,
    boolean oomKillDisable,
    Optional<Integer> oomScoreAdj,
    SequencedMap<String, Ulimit> ulimits,
    Optional<BlkioConfig> blkio) {

  public static final ServiceLimits NONE =
      new ServiceLimits(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Copies.ordered(Map.of()),
          Optional.empty());

  public ServiceLimits {
    ulimits = Copies.ordered(ulimits);
  }
}
