package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.UsageError;
import jcompose.core.loading.VolumeText;
import jcompose.core.resource.MountSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is attached to a container's file tree.
final class MountFlags {
  private static final List<String> OPTIONS =
      List.of(
          "rw",
          "ro",
          "z",
          "Z",
          "nocopy",
          "cached",
          "delegated",
          "consistent",
          "private",
          "rprivate",
          "shared",
          "rshared",
          "slave",
          "rslave");

  @Option(
      names = {"-v", "--volume"},
      paramLabel = "list",
      description = "Bind mount a volume")
  private List<String> volumes = new ArrayList<>();

  @Option(
      names = "--mount",
      paramLabel = "mount",
      description = "Attach a filesystem mount (type=bind,source=…,target=…)")
  private List<String> mounts = new ArrayList<>();

  @Option(
      names = "--volume-driver",
      paramLabel = "string",
      description = "Optional volume driver for the container")
  private @Nullable String driver;

  List<MountSpec> mounts(Invocation invocation) {
    var all = new ArrayList<MountSpec>();
    volumes.forEach(it -> all.add(volume(it, invocation)));
    mounts.forEach(it -> all.add(MountText.parse(it)));
    return all;
  }

  private MountSpec volume(String flag, Invocation invocation) {
    String[] parts = flag.split(":", -1);
    if (parts.length == 3 && !OPTIONS.containsAll(List.of(parts[2].split(",")))) {
      throw new UsageError(
          "invalid volume specification: '" + flag + "': invalid mode: " + parts[2]);
    }
    VolumeText text = VolumeText.parse(flag).getOrElseThrow(why -> new UsageError(why));
    if (!text.target().startsWith("/")) {
      throw new UsageError(
          "invalid volume specification: '" + flag + "': mount path must be absolute");
    }
    boolean readOnly = text.options().contains("ro");
    if (text.isBind()) {
      return new MountSpec.Bind(
          GlobalOptions.resolve(invocation, home(text.source().orElse(""), invocation)).toString(),
          text.target(),
          readOnly,
          text.propagation(),
          true,
          text.options().stream().filter(it -> it.equalsIgnoreCase("z")).findFirst(),
          Optional.empty());
    }
    return new MountSpec.Volume(
        text.source(),
        text.target(),
        readOnly,
        !text.options().contains("nocopy"),
        Optional.empty(),
        Values.text(driver),
        Map.of(),
        Map.of());
  }

  private static String home(String path, Invocation invocation) {
    return path.equals("~") || path.startsWith("~/")
        ? invocation.environment().getOrDefault("HOME", "/root") + path.substring(1)
        : path;
  }
}
