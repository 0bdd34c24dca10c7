package jcompose.engine.local;

import java.util.List;
import java.util.Map;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.Volumes;
import jcompose.core.resource.VolumeDetails;
import jcompose.core.resource.VolumeSpec;
import jcompose.engine.volume.VolumeRecord;

/// The bundled engine's volumes, and which containers use them.
public final class LocalVolumes implements Volumes {
  private final Parts parts;

  LocalVolumes(Parts parts) {
    this.parts = parts;
  }

  @Override
  public List<VolumeDetails> list(List<String> labels) {
    return parts.volumes().list().stream()
        .filter(it -> LocalEvents.carries(it.labels(), labels))
        .map(
            it ->
                new VolumeDetails(it.name(), it.driver(), it.mountpoint().toString(), it.labels()))
        .toList();
  }

  public List<VolumeRecord> records() {
    return parts.volumes().list();
  }

  /// @throws EngineException.NotFound `get NAME: no such volume`
  public VolumeRecord get(String name) {
    return parts.volumes().find(name);
  }

  @Override
  public String create(VolumeSpec spec) {
    return createRecord(spec).name();
  }

  /// Creates a volume, anonymous when the name is empty.
  public VolumeRecord createRecord(VolumeSpec spec) {
    boolean there = !spec.name().isEmpty() && parts.volumes().lookup(spec.name()).isPresent();
    VolumeRecord made =
        spec.name().isEmpty()
            ? parts.volumes().createAnonymous(spec.driverOptions(), spec.labels())
            : parts.volumes().create(spec);
    if (!there) {
      parts.bus().publish("volume", "create", made.name(), Map.of("driver", made.driver()));
    }
    return made;
  }

  @Override
  public void remove(String name, boolean force) {
    if (force && parts.volumes().lookup(name).isEmpty()) {
      return;
    }
    VolumeRecord volume = get(name);
    List<String> users = users(name);
    if (!users.isEmpty()) {
      throw new EngineException.Conflict(
          "remove %s: volume is in use - [%s]".formatted(name, String.join(", ", users)));
    }
    parts.volumes().remove(name);
    parts.bus().publish("volume", "destroy", name, Map.of("driver", volume.driver()));
  }

  /// Ids of the containers, running or not, that mount it.
  public List<String> users(String name) {
    return parts.index().all().stream()
        .filter(it -> it.record().mounts().stream().anyMatch(m -> m.name().equals(name)))
        .map(it -> it.id().value())
        .toList();
  }

  /// Bytes its content takes.
  public long size(String name) {
    return parts.volumes().size(name);
  }
}
