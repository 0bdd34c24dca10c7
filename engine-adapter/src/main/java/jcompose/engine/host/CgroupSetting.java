package jcompose.engine.host;

/// A value for one file of a control group.
///
/// @param controller the v1 hierarchy it is in: `memory`, `cpu`; on v2 all are in one folder
/// @param file such as `memory.max`
/// @param required false for a knob that some kernels are built without
public record CgroupSetting(String controller, String file, String value, boolean required) {
  public CgroupSetting(String controller, String file, String value) {
    this(controller, file, value, true);
  }
}
