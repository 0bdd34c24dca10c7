package jcompose.engine.volume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.VolumeSpec;

/// The volumes of the bundled engine. Which containers use a volume is known to the caller, which
/// asks for the removal of unused ones only. Safe for use by many threads.
public final class VolumeStore {
  /// The label that tells an anonymous volume.
  public static final String ANONYMOUS = "com.docker.volume.anonymous";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> OPTIONS = List.of("type", "device", "o", "size");

  private final VolumeFiles files;
  private final Map<String, VolumeRecord> volumes = new ConcurrentHashMap<>();
  // How often each volume with a mount was acquired. Also the lock for whatever changes a volume.
  private final Map<String, Integer> uses = new HashMap<>();

  private VolumeStore(VolumeFiles files) {
    this.files = files;
  }

  /// @param folder holds a folder a volume with its `volume.json` and `_data`; made when missing
  public static VolumeStore open(Path folder) {
    var files = new VolumeFiles(folder);
    var store = new VolumeStore(files);
    try {
      files.load().forEach(it -> store.volumes.put(it.name(), it));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the volumes in " + folder, e);
    }
    return store;
  }

  /// Creates a volume; one that exists with the same driver and options is returned as it is, as is
  /// any when the spec has no options.
  ///
  /// @param spec an empty driver is `local`; an empty name makes an anonymous volume
  /// @throws EngineException.Conflict when it exists with others
  /// @throws EngineException.Invalid for a bad name or option
  /// @throws EngineException.NotFound for a driver other than `local`
  public VolumeRecord create(VolumeSpec spec) {
    if (spec.name().isEmpty()) {
      return createAnonymous(spec.driverOptions(), spec.labels());
    }
    checkDriver(spec);
    checkName(spec.name());
    checkOptions(spec);
    return create(spec.name(), spec.driverOptions(), spec.labels(), false);
  }

  /// Creates a volume with a random name of 64 hex digits and the label
  /// `com.docker.volume.anonymous`.
  public VolumeRecord createAnonymous(Map<String, String> options, Map<String, String> labels) {
    return createAnonymous(randomName(), options, labels);
  }

  /// Creates an anonymous volume for a container that is being made: until [#own] it is gone again
  /// with the next [#removeUnowned].
  public VolumeRecord createUnowned(Map<String, String> options, Map<String, String> labels) {
    String name = randomName();
    disown(name);
    return createAnonymous(name, options, labels);
  }

  private static String randomName() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private VolumeRecord createAnonymous(
      String name, Map<String, String> options, Map<String, String> labels) {
    var all = new LinkedHashMap<>(labels);
    all.put(ANONYMOUS, "");
    return create(name, options, all, true);
  }

  private VolumeRecord create(
      String name, Map<String, String> options, Map<String, String> labels, boolean anonymous) {
    synchronized (uses) {
      VolumeRecord existing = volumes.get(name);
      if (existing != null) {
        if (!options.isEmpty() && !existing.options().equals(options)) {
          throw new EngineException.Conflict(
              "volume "
                  + name
                  + " already exists with other driver options: "
                  + new TreeMap<>(existing.options()));
        }
        return existing;
      }
      var volume =
          new VolumeRecord(
              name, "local", Instant.now(), options, labels, files.content(name), anonymous);
      try {
        files.create(volume);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot create volume " + name, e);
      }
      volumes.put(name, volume);
      return volume;
    }
  }

  private static void checkDriver(VolumeSpec spec) {
    if (!spec.driver().isEmpty() && !spec.driver().equals("local")) {
      throw new EngineException.NotFound(
          "create "
              + spec.name()
              + ": error looking up volume plugin "
              + spec.driver()
              + ": plugin \""
              + spec.driver()
              + "\" not found");
    }
  }

  private static void checkName(String name) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}")) {
      throw new EngineException.Invalid(
          "create "
              + name
              + ": \""
              + name
              + "\" includes invalid characters for a local volume name, only"
              + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
              + " directory, use absolute path");
    }
  }

  private static void checkOptions(VolumeSpec spec) {
    for (String option : spec.driverOptions().keySet()) {
      if (!OPTIONS.contains(option)) {
        throw new EngineException.Invalid(
            "create " + spec.name() + ": invalid option: \"" + option + "\"");
      }
    }
    if (spec.driverOptions().containsKey("size")) {
      throw new EngineException.Unsupported(
          "create "
              + spec.name()
              + ": the option \"size\" needs a file system with project quotas; for a tmpfs volume"
              + " put it into \"o\"");
    }
  }

  /// Sorted by name.
  public List<VolumeRecord> list() {
    return volumes.values().stream().sorted(Comparator.comparing(VolumeRecord::name)).toList();
  }

  public Optional<VolumeRecord> lookup(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  /// @throws EngineException.NotFound `get NAME: no such volume`
  public VolumeRecord find(String name) {
    return lookup(name)
        .orElseThrow(() -> new EngineException.NotFound("get " + name + ": no such volume"));
  }

  /// Removes a volume and its content.
  ///
  /// @throws EngineException.NotFound when there is none
  /// @throws EngineException.Conflict when what its options mount is still busy
  public void remove(String name) {
    synchronized (uses) {
      VolumeRecord volume = find(name);
      try {
        if (Mounts.mounted(volume.mountpoint())) {
          Mounts.unmount(volume.mountpoint());
        }
        files.delete(name);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove volume " + name, e);
      }
      volumes.remove(name);
      uses.remove(name);
    }
  }

  /// The container that a volume was made for is there.
  public void own(String name) {
    try {
      files.own(name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note the owner of volume " + name, e);
    }
  }

  /// The container that a volume was made for is about to go, and the volume with it.
  public void disown(String name) {
    try {
      files.disown(name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note that volume " + name + " has no owner", e);
    }
  }

  /// Brings to an end what was interrupted while containers were made or removed.
  ///
  /// @param used whether a container has the volume
  public void removeUnowned(Predicate<String> used) {
    for (VolumeRecord volume : list()) {
      if (files.unowned(volume.name())) {
        if (used.test(volume.name())) {
          own(volume.name());
        } else {
          remove(volume.name());
        }
      }
    }
  }

  /// Removes the volumes `condition` accepts.
  ///
  /// @return those removed
  public List<VolumeRecord> prune(Predicate<VolumeRecord> condition) {
    var removed = new ArrayList<VolumeRecord>();
    for (VolumeRecord volume : list()) {
      if (condition.test(volume)) {
        try {
          remove(volume.name());
          removed.add(volume);
        } catch (EngineException.NotFound | EngineException.Conflict e) {
          // Someone was faster, or uses it still.
        }
      }
    }
    return List.copyOf(removed);
  }

  /// Makes the content reachable: mounts what its options name, the first time. Call it with each
  /// start of a container that uses it, and after a restart of the engine for those that run;
  /// [#release] undoes one call.
  ///
  /// @return the folder to bind into the container
  public Path acquire(String name) {
    synchronized (uses) {
      VolumeRecord volume = find(name);
      if (Mounts.wanted(volume.options())) {
        try {
          if (!Mounts.mounted(volume.mountpoint())) {
            Mounts.mount(name, volume.options(), volume.mountpoint());
          }
        } catch (IOException e) {
          throw new UncheckedIOException("cannot mount volume " + name, e);
        }
        uses.merge(name, 1, Integer::sum);
      }
      return volume.mountpoint();
    }
  }

  public void release(String name) {
    synchronized (uses) {
      if (uses.computeIfPresent(name, (_, count) -> count > 1 ? count - 1 : null) == null) {
        VolumeRecord volume = volumes.get(name);
        try {
          if (volume != null
              && Mounts.wanted(volume.options())
              && Mounts.mounted(volume.mountpoint())) {
            Mounts.unmount(volume.mountpoint());
          }
        } catch (IOException e) {
          throw new UncheckedIOException("cannot unmount volume " + name, e);
        }
      }
    }
  }

  /// Fills an empty volume with what an image has at the place of the mount: files with owners,
  /// modes, times, links and extended attributes. A volume that has content is left as it is.
  ///
  /// @param source a folder of the image's tree, already resolved inside it
  public void copyUp(String name, Path source) {
    VolumeRecord volume = find(name);
    synchronized (uses) {
      try (var entries = Files.newDirectoryStream(volume.mountpoint())) {
        if (entries.iterator().hasNext()) {
          return;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read volume " + name, e);
      }
      // `/.` names the folder itself, so that its owner and mode come along.
      String complaint =
          Mounts.run(List.of("cp", "-a", "--", source + "/.", volume.mountpoint() + "/"));
      if (!complaint.isEmpty()) {
        throw new EngineException.Failed(
            "cannot fill volume " + name + " from the image: " + complaint);
      }
    }
  }

  /// Bytes its content takes.
  public long size(String name) {
    long[] size = new long[1];
    try {
      Files.walkFileTree(
          find(name).mountpoint(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              size[0] += attributes.isRegularFile() ? attributes.size() : 0;
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // Removed meanwhile by who uses the volume.
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot measure volume " + name, e);
    }
    return size[0];
  }
}
