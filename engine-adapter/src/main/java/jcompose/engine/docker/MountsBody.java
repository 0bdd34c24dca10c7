package jcompose.engine.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.MountSpec;

/// Mounts in a `HostConfig`. All are `Mounts` entries but binds with an SELinux label, which only
/// the older `Binds` strings can ask for.
final class MountsBody {
  private MountsBody() {}

  /// @param ofOurs the bundled engine is asked, which makes files of a content; others get these
  ///   when the container is there
  static void write(List<MountSpec> mounts, ObjectNode host, boolean ofOurs) {
    ArrayNode entries = host.putArray("Mounts");
    ArrayNode binds = host.putArray("Binds");
    for (MountSpec each : mounts) {
      switch (each) {
        case MountSpec.Bind it when it.selinux().isPresent() -> binds.add(string(it));
        case MountSpec.Bind it -> bind(it, entry(entries, "bind", each));
        case MountSpec.Volume it -> volume(it, entry(entries, "volume", each));
        case MountSpec.Tmpfs it -> {
          ObjectNode options = entry(entries, "tmpfs", each).putObject("TmpfsOptions");
          it.sizeBytes().ifPresent(size -> options.put("SizeBytes", size));
          it.mode().ifPresent(mode -> options.put("Mode", mode));
        }
        case MountSpec.Image it -> {
          ObjectNode entry = entry(entries, "image", each).put("Source", it.image());
          it.subpath().ifPresent(path -> entry.putObject("ImageOptions").put("Subpath", path));
        }
        case MountSpec.Content it -> {
          if (ofOurs) {
            entry(entries, "content", each)
                .putObject("ContentOptions")
                .put("Content", it.content())
                .put("UID", it.uid())
                .put("GID", it.gid())
                .put("Mode", it.mode());
          }
        }
        case MountSpec.Other it -> {
          ObjectNode entry = entry(entries, it.type(), each);
          it.source().ifPresent(source -> entry.put("Source", source));
        }
      }
    }
  }

  private static ObjectNode entry(ArrayNode entries, String type, MountSpec mount) {
    return entries
        .addObject()
        .put("Type", type)
        .put("Target", mount.target())
        .put("ReadOnly", mount.readOnly());
  }

  private static void bind(MountSpec.Bind bind, ObjectNode entry) {
    entry.put("Source", bind.source());
    ObjectNode options = entry.putObject("BindOptions");
    options.put("CreateMountpoint", bind.createSource());
    bind.propagation().ifPresent(it -> options.put("Propagation", it));
    switch (bind.recursive().orElse("enabled")) {
      case "enabled" -> {}
      case "disabled" -> options.put("NonRecursive", true);
      case "writable" -> options.put("ReadOnlyNonRecursive", true);
      case "readonly" -> options.put("ReadOnlyForceRecursive", true);
      default ->
          throw new EngineException.Invalid(
              "invalid value for recursive of the bind at "
                  + bind.target()
                  + ": expected enabled, disabled, writable or readonly");
    }
  }

  private static void volume(MountSpec.Volume volume, ObjectNode entry) {
    volume.name().ifPresent(it -> entry.put("Source", it));
    ObjectNode options = entry.putObject("VolumeOptions");
    options.put("NoCopy", !volume.copyUp());
    options.set("Labels", Json.object(volume.labels()));
    volume.subpath().ifPresent(it -> options.put("Subpath", it));
    if (volume.driver().isPresent() || !volume.driverOptions().isEmpty()) {
      ObjectNode driver = options.putObject("DriverConfig");
      driver.put("Name", volume.driver().orElse("local"));
      driver.set("Options", Json.object(volume.driverOptions()));
    }
  }

  /// `source:target:options`.
  private static String string(MountSpec.Bind bind) {
    var text = new StringBuilder(bind.source()).append(':').append(bind.target());
    text.append(bind.readOnly() ? ":ro" : ":rw");
    bind.selinux().ifPresent(it -> text.append(',').append(it));
    bind.propagation().ifPresent(it -> text.append(',').append(it));
    return text.toString();
  }
}
