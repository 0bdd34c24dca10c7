package jcompose.core.conversion;

import jcompose.core.model.Project;
import jcompose.core.model.Volume;
import jcompose.core.resource.VolumeSpec;

/// Named volumes.
public final class VolumeConversion {
  private VolumeConversion() {}

  /// A volume of the project as an engine is asked for it.
  public static VolumeSpec volume(Project project, Volume volume) {
    return new VolumeSpec(
        volume.name(),
        volume.driver().orElse("local"),
        volume.driverOpts(),
        LabelConversion.volume(project, volume));
  }
}
