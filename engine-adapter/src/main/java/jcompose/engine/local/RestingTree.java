package jcompose.engine.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.mount.PrivateMounts;
import jcompose.engine.runtime.RuntimeMount;
import jcompose.engine.snapshot.OverlayLayout;

/// The file tree of a container that does not run, mounted for one thread: its own files, the
/// places of mounts that every container has, its volumes and folders of the host, and what the
/// engine wrote for its last run.
final class RestingTree {
  private final ContainerRecord record;
  private final RecordFiles files;
  private final OverlayLayout layout;

  private RestingTree(ContainerRecord record, RecordFiles files, OverlayLayout layout) {
    this.record = record;
    this.files = files;
    this.layout = layout;
  }

  static RestingTree of(ContainerRecord record, Parts parts) {
    OverlayLayout own =
        parts
            .snapshots()
            .layout(record.id().value())
            .orElseThrow(
                () -> new EngineException.Failed("container " + record.id() + " has no files"));
    return new RestingTree(record, parts.files(), own.above(parts.runtime().skeleton()));
  }

  /// @param root the container's whole tree, on this thread
  @FunctionalInterface
  interface Action<T> {
    T run(Path root) throws IOException;
  }

  /// Runs the action to its end on a new thread. To be used with the container's lock held.
  <T> T call(Action<T> action) throws IOException {
    return PrivateMounts.call(mounts -> inMounted(mounts, action));
  }

  /// As [#call], of the container's own files: nothing is mounted on their places.
  <T> T callUnmounted(Action<T> action) throws IOException {
    return PrivateMounts.call(
        mounts -> {
          Path root = overlay(mounts);
          try {
            return action.run(root);
          } finally {
            mounts.unmount(root);
          }
        });
  }

  private Path overlay(PrivateMounts mounts) throws IOException {
    Path root = Files.createDirectories(files.folder(record.id()).resolve("root"));
    mounts.overlay(layout.base(), layout.mountOptions(), root);
    return root;
  }

  private <T> T inMounted(PrivateMounts mounts, Action<T> action) throws IOException {
    Path root = overlay(mounts);
    try {
      for (RuntimeMount file : RuntimeSpecs.nameFiles(record, files)) {
        if (file instanceof RuntimeMount.Bind bind
            && Files.exists(bind.source())
            && record.mounts().stream().noneMatch(it -> it.target().equals(bind.target()))) {
          bind(mounts, root, bind);
        }
      }
      for (ResolvedMount mount : record.mounts()) {
        if (!mount.source().isEmpty() && Files.exists(Path.of(mount.source()))) {
          bind(
              mounts,
              root,
              new RuntimeMount.Bind(
                  Path.of(mount.source()),
                  mount.subpath().filter(it -> !it.isEmpty()),
                  mount.target(),
                  mount.readOnly(),
                  "",
                  false));
        }
      }
      return action.run(root);
    } finally {
      mounts.unmount(root);
    }
  }

  /// The place of a mount that is not in the tree yet is made, as a start would.
  private static void bind(PrivateMounts mounts, Path root, RuntimeMount.Bind mount)
      throws IOException {
    try (var calls = new FileCalls()) {
      int top = ContainerFiles.openRoot(calls, root);
      int place = calls.openInRoot(top, FileCalls.bytes(mount.target()), FileCalls.O_PATH);
      if (place < 0 && Files.isDirectory(mount.source())) {
        makeFolders(calls, top, Path.of(mount.target()));
        place = calls.openInRoot(top, FileCalls.bytes(mount.target()), FileCalls.O_PATH);
      }
      if (place >= 0) {
        Path target = descriptor(place);
        Optional<String> part = mount.subpath();
        if (part.isEmpty()) {
          mounts.bind(mount.source(), target, false);
        } else {
          int volume = ContainerFiles.openRoot(calls, mount.source());
          int below = ContainerFiles.openAny(calls, volume, part.get());
          mounts.bind(descriptor(below), target, false);
          calls.close(below);
          calls.close(volume);
        }
        calls.close(place);
        if (mount.readOnly()) {
          int mounted = ContainerFiles.openAny(calls, top, mount.target()); // what is there now
          mounts.makeReadOnly(descriptor(mounted));
          calls.close(mounted);
        }
      }
      calls.close(top);
    }
  }

  private static Path descriptor(int opened) {
    return Path.of("/proc/thread-self/fd/" + opened);
  }

  /// Each folder is opened below the root before the next is made in it: no link leads out.
  private static void makeFolders(FileCalls calls, int top, Path target) {
    Path made = Path.of("/");
    for (Path name : target.normalize()) {
      int folder = calls.openInRoot(top, FileCalls.bytes(made.toString()), FileCalls.O_DIRECTORY);
      if (folder < 0) {
        return;
      }
      calls.makeDirectory(folder, FileCalls.bytes(name.toString()), 0755);
      calls.close(folder);
      made = made.resolve(name);
    }
  }
}
