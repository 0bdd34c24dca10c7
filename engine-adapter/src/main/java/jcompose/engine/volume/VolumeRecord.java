package jcompose.engine.volume;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// A volume as the engine keeps it.
///
/// @param driver `local`
/// @param options `type`, `device`, `o` as mount(8) takes them; empty for a plain folder
/// @param mountpoint its content on the host; with a `type` or `device` option it is mounted there
///   only while in use
/// @param anonymous made for one container, without a name of its own
public record VolumeRecord(
    String name,
    String driver,
    Instant created,
    Map<String, String> options,
    Map<String, String> labels,
    Path mountpoint,
    boolean anonymous) {
  public VolumeRecord {
    options = Map.copyOf(options);
    labels = Map.copyOf(labels);
  }
}
