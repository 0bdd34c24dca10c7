package jcompose.core.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcompose.core.resource.VolumeDetails;
import jcompose.core.resource.VolumeSpec;

/// Volumes as names and labels, with how many containers use each.
final class FakeVolumes implements Volumes {
  private final FakeEngine engine;
  private final Map<String, VolumeSpec> byName = new LinkedHashMap<>();
  private final Map<String, Integer> users = new LinkedHashMap<>();

  FakeVolumes(FakeEngine engine) {
    this.engine = engine;
  }

  @Override
  public synchronized List<VolumeDetails> list(List<String> labels) {
    return byName.values().stream()
        .filter(it -> FakeEngine.matches(it.labels(), labels))
        .map(
            it ->
                new VolumeDetails(
                    it.name(), it.driver(), "/volumes/" + it.name() + "/_data", it.labels()))
        .toList();
  }

  @Override
  public String create(VolumeSpec spec) {
    engine.called("create volume " + spec.name());
    synchronized (this) {
      VolumeSpec there = byName.get(spec.name());
      if (there != null
          && !(there.driver().equals(spec.driver())
              && there.driverOptions().equals(spec.driverOptions()))) {
        throw new EngineException.Conflict(
            "volume " + spec.name() + " already exists with other options");
      }
      byName.putIfAbsent(spec.name(), spec);
    }
    return spec.name();
  }

  @Override
  public void remove(String name, boolean force) {
    engine.called("remove volume " + name);
    synchronized (this) {
      if (!byName.containsKey(name) && !force) {
        throw new EngineException.NotFound("get " + name + ": no such volume");
      }
      if (users.getOrDefault(name, 0) > 0) {
        throw new EngineException.Conflict("remove " + name + ": volume is in use");
      }
      byName.remove(name);
    }
  }

  /// Counts one user more, or one less; makes the volume when it is missing.
  synchronized void used(String name, int change) {
    byName.putIfAbsent(name, new VolumeSpec(name, "local", Map.of(), Map.of()));
    users.merge(name, change, Integer::sum);
  }
}
