package jcompose.engine.runtime;

import java.util.List;
import jcompose.core.resource.ResourceLimits;
import jcompose.engine.host.CgroupSetting;

/// Limits as values of control group files.
final class CgroupLimits {
  private CgroupLimits() {}

  static List<CgroupSetting> settings(ResourceLimits limits, boolean unified) {
    return unified ? UnifiedLimits.settings(limits) : SplitLimits.settings(limits);
  }
}
