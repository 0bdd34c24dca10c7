package jcompose.engine.local;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.resource.ContainerDetails.HealthResult;

/// The last results of a health check, oldest first.
///
/// @param failingStreak failures since the last success
public record HealthLog(int failingStreak, List<HealthResult> results) {
  static final HealthLog EMPTY = new HealthLog(0, List.of());
  private static final int KEPT = 5; // as dockerd

  public HealthLog {
    results = List.copyOf(results);
  }

  HealthLog with(HealthResult result, int streak) {
    var all = new ArrayList<>(results);
    all.add(result);
    return new HealthLog(streak, all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }
}
