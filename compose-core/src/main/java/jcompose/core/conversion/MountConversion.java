package jcompose.core.conversion;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.model.ServiceMount;
import jcompose.core.model.Volume;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.MountSpec;

/// What is attached to a container's file tree: volumes, folders of the host, and by
/// [FileConversion] secrets and configs.
public final class MountConversion {
  private MountConversion() {}

  /// @param inherited mounts of the container that is replaced, whose anonymous volumes move on
  static List<MountSpec> mounts(Project project, Service service, List<MountPoint> inherited) {
    var mounts = new ArrayList<MountSpec>();
    for (ServiceMount mount : service.storage().volumes()) {
      mounts.add(mount(project, service, mount, inherited));
    }
    service.storage().secrets().forEach(it -> mounts.add(FileConversion.secret(project, it)));
    service.storage().configs().forEach(it -> mounts.add(FileConversion.config(project, it)));
    Set<String> taken = new HashSet<>();
    mounts.forEach(it -> taken.add(it.target()));
    for (MountPoint old : inherited) { // volumes that the image declares
      if (old.type().equals("volume") && isAnonymous(old) && taken.add(old.target())) {
        mounts.add(volume(Optional.of(old.name()), old.target(), false));
      }
    }
    return mounts;
  }

  /// Engines name anonymous volumes by 64 hex digits.
  private static boolean isAnonymous(MountPoint mount) {
    return mount.name().matches("[0-9a-f]{64}");
  }

  private static MountSpec mount(
      Project project, Service service, ServiceMount mount, List<MountPoint> inherited) {
    return switch (mount) {
      case ServiceMount.Bind it ->
          new MountSpec.Bind(
              it.source(),
              it.target(),
              it.readOnly(),
              it.propagation(),
              it.createHostPath(),
              it.selinux(),
              it.recursive());
      case ServiceMount.Named it when it.source().isPresent() -> named(project, service, it);
      case ServiceMount.Named it -> {
        Optional<String> old =
            inherited.stream()
                .filter(o -> o.type().equals("volume") && o.target().equals(it.target()))
                .filter(MountConversion::isAnonymous)
                .map(MountPoint::name)
                .findFirst();
        yield new MountSpec.Volume(
            old,
            it.target(),
            it.readOnly(),
            !it.nocopy(),
            it.subpath(),
            Optional.empty(),
            Map.of(),
            it.labels());
      }
      case ServiceMount.Tmpfs it ->
          new MountSpec.Tmpfs(it.target(), it.readOnly(), it.sizeBytes(), it.mode());
      case ServiceMount.Image it -> new MountSpec.Image(it.source(), it.target(), it.subpath());
      case ServiceMount.Other it ->
          new MountSpec.Other(it.type(), it.source(), it.target(), it.readOnly());
    };
  }

  private static MountSpec named(Project project, Service service, ServiceMount.Named mount) {
    String key = mount.source().orElseThrow();
    Volume volume = project.volumes().get(key);
    if (volume == null) {
      throw new EngineException.Invalid(
          "service \"" + service.name() + "\" refers to undefined volume " + key);
    }
    return new MountSpec.Volume(
        Optional.of(volume.name()),
        mount.target(),
        mount.readOnly(),
        !mount.nocopy(),
        mount.subpath(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static MountSpec volume(Optional<String> name, String target, boolean readOnly) {
    return new MountSpec.Volume(
        name, target, readOnly, true, Optional.empty(), Optional.empty(), Map.of(), Map.of());
  }

  /// `tmpfs: [/run:size=64m]` by path.
  static Map<String, String> tmpfs(Service service) {
    var tmpfs = new LinkedHashMap<String, String>();
    for (String entry : service.storage().tmpfs()) {
      int colon = entry.indexOf(':');
      tmpfs.put(
          colon < 0 ? entry : entry.substring(0, colon),
          colon < 0 ? "" : entry.substring(colon + 1));
    }
    return tmpfs;
  }
}
