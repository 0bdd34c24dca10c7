package jcompose.engine.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jcompose.core.engine.EngineException;
import jcompose.engine.oci.DiffId;
import jcompose.engine.snapshot.OverlayLayout;
import jcompose.engine.snapshot.Snapshotter;
import jcompose.engine.volume.VolumeStore;

/// Fills empty volumes with what an image has at the place of their mount.
final class VolumeContent {
  private static final int MOST_LINKS = 40;

  private final VolumeStore volumes;
  private final Snapshotter snapshots;

  VolumeContent(VolumeStore volumes, Snapshotter snapshots) {
    this.volumes = volumes;
    this.snapshots = snapshots;
  }

  /// Copies the image's files into the mount's volume, if that is empty and there are any.
  void fill(ResolvedMount mount, OverlayLayout layout) {
    List<Path> layers = new ArrayList<>();
    layers.add(layout.upper());
    layers.addAll(layout.lowerPaths());
    // The topmost layer is what one sees; a folder that several layers write to is copied from the
    // lowest up, so that later files win.
    List<Path> folders = folders(layers, Path.of(mount.target()), 0);
    for (Path folder : folders.reversed()) {
      volumes.copyUp(mount.name(), folder);
    }
  }

  /// The folders that a path is made of, the topmost first.
  private static List<Path> folders(List<Path> layers, Path path, int links) {
    List<Path> current = layers;
    Path walked = Path.of("/");
    for (Path name : path) {
      var next = new ArrayList<Path>();
      for (Path folder : current) {
        Path entry = folder.resolve(name.toString());
        if (Files.isSymbolicLink(entry) && next.isEmpty()) {
          if (links >= MOST_LINKS) {
            throw new EngineException.Failed("too many symbolic links: " + path);
          }
          Path rest = path.subpath(walked.getNameCount() + 1, path.getNameCount());
          return folders(layers, target(entry, walked).resolve(rest).normalize(), links + 1);
        }
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          next.add(entry);
        } else if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
          break; // a file or a whiteout hides what is below
        }
      }
      current = next;
      walked = walked.resolve(name);
    }
    return current;
  }

  private static Path target(Path link, Path parent) {
    try {
      return parent.resolve(Files.readSymbolicLink(link)).normalize();
    } catch (IOException e) {
      throw new EngineException.Failed("cannot read " + link, e);
    }
  }

  /// The layers of an image, to be mounted read-only.
  OverlayLayout layersOf(List<DiffId> layers) {
    // Where layers lie is the snapshotter's own affair: a snapshot that is never written to tells.
    String key = ContainerCreation.randomHex();
    try {
      return snapshots.prepare(key, layers);
    } finally {
      snapshots.remove(key);
    }
  }
}
