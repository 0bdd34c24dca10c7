package jcompose.engine.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.VolumeSpec;
import jcompose.engine.image.ImageStore;
import jcompose.engine.volume.VolumeRecord;
import jcompose.engine.volume.VolumeStore;

/// Turns the mounts of a spec into those of a container: makes the volumes that are missing, adds
/// what the image declares and what other containers lend.
final class MountResolver {
  /// The type of a mount of [MountSpec.Content].
  static final String CONTENT = "content";

  private final VolumeStore volumes;
  private final ImageStore images;

  MountResolver(VolumeStore volumes, ImageStore images) {
    this.volumes = volumes;
    this.images = images;
  }

  /// @param lender finds a container of `--volumes-from`
  List<ResolvedMount> resolve(
      ContainerSpec spec, MergedConfig merged, Function<String, ContainerRecord> lender) {
    Map<String, ResolvedMount> byTarget = new LinkedHashMap<>();
    for (String entry : spec.isolation().volumesFrom()) {
      int colon = entry.lastIndexOf(':');
      String mode = colon > 0 ? entry.substring(colon + 1) : "";
      boolean readOnly = mode.contains("ro");
      if (!List.of("z", "Z", "rw", "ro", "").containsAll(List.of(mode.split(",")))) {
        throw new EngineException.Invalid("invalid mode: " + mode);
      }
      String reference = colon > 0 ? entry.substring(0, colon) : entry;
      for (ResolvedMount mount : lender(lender, reference).mounts()) {
        if (!mount.type().equals(CONTENT)) { // a secret is lent to nobody
          byTarget.put(mount.target(), borrowed(mount, readOnly));
        }
      }
    }
    var seen = new java.util.HashSet<String>();
    var made = new ArrayList<String>();
    try {
      for (MountSpec mount : spec.mounts()) {
        String target = absolute(mount.target());
        if (!seen.add(target)) {
          throw new EngineException.Invalid("Duplicate mount point: " + target);
        }
        byTarget.put(target, one(mount, target, made));
      }
      for (String path : merged.volumes()) {
        String target = absolute(path);
        boolean isTmpfs = spec.isolation().tmpfs().containsKey(target);
        if (!isTmpfs && !byTarget.containsKey(target)) {
          byTarget.put(target, anonymous(target, made));
        }
      }
    } catch (RuntimeException e) {
      made.forEach(volumes::remove);
      throw e;
    }
    return List.copyOf(byTarget.values());
  }

  /// One that is missing is a mistake in what was asked for: clients take "not found" for the
  /// image.
  private static ContainerRecord lender(
      Function<String, ContainerRecord> lenders, String reference) {
    try {
      return lenders.apply(reference);
    } catch (EngineException.NotFound e) {
      throw new EngineException.Invalid(String.valueOf(e.getMessage()));
    }
  }

  private static ResolvedMount borrowed(ResolvedMount mount, boolean readOnly) {
    return new ResolvedMount(
        mount.type(),
        mount.name(),
        mount.source(),
        mount.target(),
        mount.driver(),
        mount.mode(),
        mount.readOnly() || readOnly,
        mount.propagation(),
        false,
        mount.copyUp(),
        mount.createSource(),
        mount.subpath(),
        mount.tmpfsOptions());
  }

  private ResolvedMount one(MountSpec mount, String target, List<String> made) {
    return switch (mount) {
      case MountSpec.Bind bind -> bind(bind, target);
      case MountSpec.Volume volume -> volume(volume, target, made);
      case MountSpec.Tmpfs tmpfs -> tmpfs(tmpfs, target);
      case MountSpec.Image image -> {
        String id = images.get(image.image()).id().value();
        yield new ResolvedMount(
            "image",
            image.image(),
            id,
            target,
            "",
            "ro",
            true,
            "",
            false,
            false,
            false,
            image.subpath(),
            Optional.empty());
      }
      case MountSpec.Content _ -> ResolvedMount.of(CONTENT, "", target, "ro", true);
      case MountSpec.Other other ->
          throw new EngineException.Invalid(
              "invalid mount config for type \"%s\": mount type unknown".formatted(other.type()));
    };
  }

  private static ResolvedMount bind(MountSpec.Bind bind, String target) {
    Path source = Path.of(bind.source());
    if (!source.isAbsolute()) {
      throw new EngineException.Invalid(
          "invalid mount config for type \"bind\": invalid mount path: '%s' mount path must be absolute"
              .formatted(bind.source()));
    }
    if (!bind.createSource() && !Files.exists(source)) {
      throw new EngineException.Invalid(
          "invalid mount config for type \"bind\": bind source path does not exist: "
              + bind.source());
    }
    String mode =
        String.join(
            ",",
            Stream.of(
                    bind.readOnly() ? Optional.of("ro") : Optional.<String>empty(),
                    bind.selinux(),
                    bind.propagation())
                .flatMap(Optional::stream)
                .toList());
    return new ResolvedMount(
        "bind",
        "",
        source.normalize().toString(),
        target,
        "",
        mode,
        bind.readOnly(),
        bind.propagation().filter(it -> !it.isEmpty()).orElse("rprivate"),
        false,
        false,
        bind.createSource(),
        Optional.empty(),
        Optional.empty());
  }

  private ResolvedMount volume(MountSpec.Volume volume, String target, List<String> made) {
    if (volume.name().isEmpty()) {
      if (volume.readOnly()) {
        throw new EngineException.Invalid(
            "invalid mount config for type \"volume\": must not set ReadOnly mode when using"
                + " anonymous volumes");
      }
      VolumeRecord record = volumes.createUnowned(volume.driverOptions(), volume.labels());
      made.add(record.name());
      return ofVolume(record, target, volume, true);
    }
    VolumeRecord record =
        volumes
            .lookup(volume.name().get())
            .orElseGet(
                () ->
                    volumes.create(
                        new VolumeSpec(
                            volume.name().get(),
                            volume.driver().filter(it -> !it.isEmpty()).orElse("local"),
                            volume.driverOptions(),
                            volume.labels())));
    return ofVolume(record, target, volume, false);
  }

  private ResolvedMount anonymous(String target, List<String> made) {
    VolumeRecord record = volumes.createUnowned(Map.of(), Map.of());
    made.add(record.name());
    var asked =
        new MountSpec.Volume(
            Optional.empty(),
            target,
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of());
    return ofVolume(record, target, asked, true);
  }

  private static ResolvedMount ofVolume(
      VolumeRecord record, String target, MountSpec.Volume asked, boolean anonymous) {
    return new ResolvedMount(
        "volume",
        record.name(),
        record.mountpoint().toString(),
        target,
        record.driver(),
        anonymous ? "" : asked.readOnly() ? "ro" : "z",
        asked.readOnly(),
        "",
        anonymous,
        asked.copyUp(),
        false,
        asked.subpath(),
        Optional.empty());
  }

  private static ResolvedMount tmpfs(MountSpec.Tmpfs tmpfs, String target) {
    var options = new ArrayList<String>();
    options.add("noexec,nosuid,nodev");
    if (tmpfs.readOnly()) {
      options.add("ro");
    }
    tmpfs.sizeBytes().ifPresent(it -> options.add("size=" + it));
    tmpfs.mode().ifPresent(it -> options.add("mode=" + Integer.toOctalString(it)));
    return new ResolvedMount(
        "tmpfs",
        "",
        "",
        target,
        "",
        "",
        tmpfs.readOnly(),
        "",
        false,
        false,
        false,
        Optional.empty(),
        Optional.of(String.join(",", options)));
  }

  private static String absolute(String target) {
    Path path = Path.of(target).normalize();
    if (!path.isAbsolute()) {
      throw new EngineException.Invalid(
          "invalid mount config: invalid mount path: '%s' mount path must be absolute"
              .formatted(target));
    }
    if (path.getNameCount() == 0) {
      throw new EngineException.Invalid("invalid specification: destination can't be '/'");
    }
    return path.toString();
  }
}
