package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jcompose.core.engine.EngineException;

/// The steps of one of the container's own mounts.
final class MountSteps {
  private static final Set<String> TMPFS =
      Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol", "huge");

  private static final Set<String> REPLACEABLE =
      Set.of(
          "/proc/cpuinfo",
          "/proc/diskstats",
          "/proc/meminfo",
          "/proc/stat",
          "/proc/swaps",
          "/proc/uptime",
          "/proc/loadavg",
          "/proc/slabinfo",
          "/proc/net/dev",
          "/proc/sys/kernel/ns_last_pid",
          "/proc/sys/crypto/fips_enabled");

  private static final int AT_FDCWD = -100; // openat(2)

  private MountSteps() {}

  /// @param staging where layers are mounted for a moment
  static List<SetupStep> of(RuntimeMount mount, Path staging) {
    requireOutsideProc(mount);
    return switch (mount) {
      case RuntimeMount.Bind bind -> List.of(bind(bind));
      case RuntimeMount.Tmpfs(var target, var options) ->
          List.of(tmpfs(target, options.orElse("")));
      case RuntimeMount.Content _ -> throw new IllegalStateException("a file was not written");
      case RuntimeMount.Layers layers -> layers(layers, staging);
    };
  }

  /// What programs trust /proc to say, others must not be able to say. Some of its files are known
  /// to be replaced for the better, and a real one may cover it.
  private static void requireOutsideProc(RuntimeMount mount) {
    String target = Path.of(mount.target()).normalize().toString();
    String source =
        mount instanceof RuntimeMount.Bind bind ? bind.source().toString() : mount.target();
    if (target.equals("/proc") && !isProc(mount)) {
      throw StartFailure.refusedMount(
          source, target, '"' + target + "\" cannot be mounted because it is not of type proc");
    }
    if (target.startsWith("/proc/") && !REPLACEABLE.contains(target)) {
      throw StartFailure.refusedMount(
          source, target, '"' + target + "\" cannot be mounted because it is inside /proc");
    }
  }

  private static boolean isProc(RuntimeMount mount) {
    try {
      return mount instanceof RuntimeMount.Bind bind
          && Files.getFileStore(bind.source()).type().equals("proc");
    } catch (IOException e) {
      return false; // it is missing, and no mount can be made of it
    }
  }

  /// overlayfs wants two layers at least.
  private static List<SetupStep> layers(RuntimeMount.Layers layers, Path staging) {
    String subpath = layers.subpath().orElse(".");
    if (layers.lowers().size() == 1) {
      return List.of(
          part(layers.base().resolve(layers.lowers().getFirst()), layers.target(), subpath));
    }
    return List.of(
        SetupStep.of("chdir", layers.base()),
        SetupStep.of(
            "host-mount",
            "overlay",
            staging,
            "overlay",
            MountFlags.READ_ONLY,
            "lowerdir=" + String.join(":", layers.lowers())),
        part(staging, layers.target(), subpath),
        SetupStep.of("host-unmount", staging, MountFlags.DETACH));
  }

  private static SetupStep part(Path source, String target, String subpath) {
    return SetupStep.of(
        "bind", source, target, 0, MountFlags.READ_ONLY, 0, MountFlags.PRIVATE, subpath);
  }

  /// A new file system. `source=` is what the table of mounts names as its device.
  ///
  /// @param attributes of the mount, as a number
  /// @param options the file system's
  static SetupStep fileSystem(String type, String target, long attributes, List<String> options) {
    List<Object> arguments = new ArrayList<>(List.of(type, target, attributes));
    if (options.stream().noneMatch(option -> option.startsWith("source="))) {
      arguments.add("source=" + type);
    }
    arguments.addAll(options);
    return SetupStep.of("mount", arguments.toArray());
  }

  /// Makes what is mounted in the host's tree read-only, but nothing below it.
  static SetupStep readOnly(Path mounted) {
    var attributes = new SetupStep.Numbers(Long.BYTES, List.of(MountFlags.READ_ONLY, 0L, 0L, 0L));
    return SetupStep.of(
        "host-mount-setattr", AT_FDCWD, mounted, 0, attributes, attributes.bytes().length);
  }

  /// The host's tree goes away entirely: with both arguments the same, the old root ends up on top
  /// of the new one.
  static List<SetupStep> pivot(Path root) {
    return List.of(
        SetupStep.of("chdir", root),
        SetupStep.of("pivot-root", ".", "."),
        SetupStep.of("host-unmount", ".", MountFlags.DETACH),
        SetupStep.of("chdir", "/"),
        SetupStep.of("root", "/"));
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
    return fileSystem("tmpfs", target, attributes, rest);
  }
}
