package jcompose.engine.daemon.api;

import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.MountSpec;

/// Reads one entry of `HostConfig.Mounts`.
final class MountTranslation {
  private MountTranslation() {}

  static MountSpec mount(CreateBody.Mount mount) {
    String type = Given.text(mount.type()).orElse("");
    String target =
        Given.text(mount.target())
            .orElseThrow(
                () ->
                    new EngineException.Invalid(
                        "invalid mount config for type \"%s\": field Target must not be empty"
                            .formatted(type)));
    boolean readOnly = Given.flag(mount.readOnly());
    Optional<String> source = Given.text(mount.source());
    return switch (type) {
      case "bind" -> bind(mount, target, readOnly);
      case "volume" -> volume(mount, target, readOnly);
      case "tmpfs" -> {
        var options = mount.tmpfsOptions();
        yield new MountSpec.Tmpfs(
            target,
            readOnly,
            options == null ? Optional.empty() : Given.number(options.sizeBytes()),
            options == null ? Optional.empty() : Given.number(options.mode()));
      }
      case "image" -> {
        var options = mount.imageOptions();
        yield new MountSpec.Image(
            source.orElse(""),
            target,
            options == null ? Optional.empty() : Given.text(options.subpath()));
      }
      case "content" -> content(mount, target);
      default -> new MountSpec.Other(type, source, target, readOnly);
    };
  }

  private static MountSpec content(CreateBody.Mount mount, String target) {
    var options = mount.contentOptions();
    if (options == null || options.content() == null) {
      throw new EngineException.Invalid(
          "invalid mount config for type \"content\": field ContentOptions.Content must be there");
    }
    int mode = options.mode() == null ? 0444 : options.mode();
    int uid = options.uid() == null ? 0 : options.uid();
    int gid = options.gid() == null ? 0 : options.gid();
    if ((mode & ~07777) != 0 || uid < 0 || gid < 0) {
      throw new EngineException.Invalid(
          "invalid mount config for type \"content\": UID, GID and Mode must be those of a file");
    }
    return new MountSpec.Content(options.content(), target, uid, gid, mode);
  }

  private static MountSpec bind(CreateBody.Mount mount, String target, boolean readOnly) {
    String source =
        Given.text(mount.source())
            .orElseThrow(
                () ->
                    new EngineException.Invalid(
                        "invalid mount config for type \"bind\": field Source must not be empty"));
    var options = mount.bindOptions();
    Optional<String> recursive = Optional.empty();
    if (options != null) {
      if (Given.flag(options.nonRecursive())) {
        recursive = Optional.of("disabled");
      } else if (Given.flag(options.readOnlyNonRecursive())) {
        recursive = Optional.of("writable");
      } else if (Given.flag(options.readOnlyForceRecursive())) {
        recursive = Optional.of("readonly");
      }
    }
    return new MountSpec.Bind(
        source,
        target,
        readOnly,
        options == null ? Optional.empty() : Given.text(options.propagation()),
        options != null && Given.flag(options.createMountpoint()),
        Optional.empty(),
        recursive);
  }

  private static MountSpec volume(CreateBody.Mount mount, String target, boolean readOnly) {
    var options = mount.volumeOptions();
    var driver = options == null ? null : options.driverConfig();
    return new MountSpec.Volume(
        Given.text(mount.source()),
        target,
        readOnly,
        options == null || !Given.flag(options.noCopy()),
        options == null ? Optional.empty() : Given.text(options.subpath()),
        driver == null ? Optional.empty() : Given.text(driver.name()),
        driver == null ? Map.of() : Given.map(driver.options()),
        options == null ? Map.of() : Given.map(options.labels()));
  }
}
