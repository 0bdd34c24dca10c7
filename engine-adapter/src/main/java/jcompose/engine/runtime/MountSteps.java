package jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jcompose.core.engine.EngineException;

/// The steps of one of the container's own mounts.
final class MountSteps {
  private static final Set<String> TMPFS =
      Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol", "huge");

  private MountSteps() {}

  /// @param staging where layers are mounted for a moment
  static List<SetupStep> of(RuntimeMount mount, Path staging) {
    return switch (mount) {
      case RuntimeMount.Bind bind -> List.of(bind(bind));
      case RuntimeMount.Tmpfs(var target, var options) ->
          List.of(tmpfs(target, options.orElse("")));
      case RuntimeMount.Content _ -> throw new IllegalStateException("a file was not written");
      case RuntimeMount.Layers layers ->
          List.of(
              mounted(layers, staging),
              SetupStep.of("take", staging, layers.target(), layers.subpath().orElse(".")));
    };
  }

  /// overlayfs wants two layers at least.
  private static SetupStep mounted(RuntimeMount.Layers layers, Path staging) {
    String lowers = String.join(":", layers.lowers());
    return layers.lowers().size() > 1
        ? SetupStep.of(
            "host-mount",
            layers.base(),
            "overlay",
            staging,
            "overlay",
            MountFlags.READ_ONLY,
            "lowerdir=" + lowers)
        : SetupStep.of("host-mount", layers.base(), lowers, staging, "", MountFlags.BIND, "");
  }

  private static SetupStep bind(RuntimeMount.Bind bind) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                bind.source(),
                bind.target(),
                1,
                bind.readOnly() ? MountFlags.READ_ONLY : 0,
                bind.recursiveReadOnly() ? 1 : 0,
                MountFlags.propagation(bind.propagation())));
    bind.subpath().ifPresent(arguments::add);
    return SetupStep.of("bind", arguments.toArray());
  }

  /// Options that are attributes of the mount become a number, the rest are the file system's.
  /// Docker's own for a tmpfs are `noexec,nosuid,nodev`, and each can be turned off.
  private static SetupStep tmpfs(String target, String options) {
    long attributes = MountFlags.NO_SET_USER_ID | MountFlags.NO_DEVICES | MountFlags.NO_EXECUTION;
    List<String> rest = new ArrayList<>();
    for (String option : options.split(",")) {
      switch (option) {
        case "", "rw", "relatime", "async" -> {}
        case "ro" -> attributes |= MountFlags.READ_ONLY;
        case "suid" -> attributes &= ~MountFlags.NO_SET_USER_ID;
        case "nosuid" -> attributes |= MountFlags.NO_SET_USER_ID;
        case "dev" -> attributes &= ~MountFlags.NO_DEVICES;
        case "nodev" -> attributes |= MountFlags.NO_DEVICES;
        case "exec" -> attributes &= ~MountFlags.NO_EXECUTION;
        case "noexec" -> attributes |= MountFlags.NO_EXECUTION;
        case "noatime" -> attributes |= MountFlags.NO_ACCESS_TIMES;
        default -> {
          String key = option.replaceFirst("=.*", "");
          if (!TMPFS.contains(key)) {
            throw new EngineException.Invalid("invalid tmpfs option \"" + key + "\"");
          }
          rest.add(option);
        }
      }
    }
    List<Object> arguments = new ArrayList<>(List.of("tmpfs", target, attributes));
    arguments.addAll(rest);
    return SetupStep.of("mount", arguments.toArray());
  }
}
