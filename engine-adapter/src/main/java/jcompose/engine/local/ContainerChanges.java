package jcompose.engine.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.FileChange;
import jcompose.core.resource.FileChange.Kind;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.build.tree.LayersTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileStatus;
import jcompose.engine.snapshot.OverlayLayout;

/// What a container wrote over its image, read from the upper folder of its overlay.
final class ContainerChanges {
  private final Parts parts;

  ContainerChanges(Parts parts) {
    this.parts = parts;
  }

  /// In the order of the paths, a folder before what is in it.
  List<FileChange> of(Container container) {
    OverlayLayout layout =
        parts
            .snapshots()
            .layout(container.id().value())
            .orElseThrow(
                () -> new EngineException.Failed("container " + container.id() + " has no files"));
    try (var calls = new FileCalls();
        var lower = new LayersTree(layout.above(parts.runtime().skeleton()).lowerPaths())) {
      var walk = new Walk(calls, lower);
      int upper = open(calls, FileCalls.CURRENT_FOLDER, bytes(layout.upper()));
      try {
        walk.folder(upper, "");
      } finally {
        calls.close(upper);
      }
      return walk.changes;
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot compare container " + container.id() + " with its image: " + e.getMessage(), e);
    }
  }

  private static String bytes(Path path) {
    return FileCalls.bytes(path.toString());
  }

  private static int open(FileCalls calls, int folder, String name) throws IOException {
    return FileCalls.check(
        calls.open(folder, name, FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW, 0), "open", name);
  }

  private static final class Walk {
    private final FileCalls calls;
    private final LayersTree lower;
    private final List<FileChange> changes = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    Walk(FileCalls calls, LayersTree lower) {
      this.calls = calls;
      this.lower = lower;
    }

    void folder(int folder, String prefix) throws IOException {
      var names = new ArrayList<>(calls.list(folder));
      names.sort(null);
      for (String name : names) {
        FileStatus status = calls.statusOrNull(folder, name);
        if (status != null) {
          one(folder, name, prefix + name, status);
        }
      }
    }

    private void one(int folder, String name, String path, FileStatus status) throws IOException {
      Optional<TreeNode> before = lower.at(path);
      if (status.isWhiteout()) {
        parent(path);
        tell(Kind.DELETED, path);
      } else if (before.isEmpty()) {
        parent(path);
        tell(Kind.ADDED, path);
      } else if (!status.isDirectory() || !before.get().isFolder() || differs(status, before)) {
        tell(Kind.MODIFIED, path);
      }
      if (status.isDirectory()) {
        int opened = open(calls, folder, name);
        try {
          folder(opened, path + "/");
        } finally {
          calls.close(opened);
        }
      }
    }

    /// A folder that was only copied up, for the sake of what is in it, has not changed.
    private static boolean differs(FileStatus status, Optional<TreeNode> before) {
      TarEntry old = before.get().entry();
      return status.permissions() != old.permissions()
          || status.uid() != old.uid()
          || status.gid() != old.gid()
          || status.seconds() != old.seconds();
    }

    /// The folder of what came or went has changed too.
    private void parent(String path) {
      int slash = path.lastIndexOf('/');
      if (slash > 0 && !told.contains(path.substring(0, slash))) {
        tell(Kind.MODIFIED, path.substring(0, slash));
      }
    }

    private void tell(Kind kind, String path) {
      if (told.add(path)) {
        changes.add(new FileChange(kind, "/" + FileCalls.shown(path)));
      }
    }
  }
}
