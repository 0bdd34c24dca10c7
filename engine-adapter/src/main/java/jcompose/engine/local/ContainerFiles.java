package jcompose.engine.local;

import static jcompose.engine.host.files.FileCalls.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.engine.archive.TarReader;
import jcompose.engine.archive.TarWriter;
import jcompose.engine.archive.TreePacker;
import jcompose.engine.archive.TreeUnpacker;
import jcompose.engine.archive.UnpackLimits;
import jcompose.engine.archive.Whiteouts;
import jcompose.engine.host.files.FileCallException;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileStatus;
import jcompose.engine.runtime.ContainerStartException;
import jcompose.engine.runtime.ResolvedUser;
import jcompose.engine.runtime.RunningContainer;
import org.jspecify.annotations.Nullable;

/// Files in a container, running or not, as its own processes see them. A path is looked up by the
/// kernel below the container's root: neither `..` nor a link in the container leads out.
public final class ContainerFiles {
  private static final int O_NOATIME_FREE_DIRECTORY = FileCalls.O_PATH | FileCalls.O_DIRECTORY;

  private final Parts parts;

  ContainerFiles(Parts parts) {
    this.parts = parts;
  }

  /// What a path names.
  ///
  /// @param name its last part, `/` for the root
  /// @param linkTarget where a symbolic link leads, else empty
  public record Found(String name, FileStatus status, String linkTarget) {}

  /// @throws EngineException.NotFound when there is nothing
  public Found find(String container, String path) {
    return in(container, root -> find(root, path));
  }

  /// Writes what a path names as a tar; a folder with all that is in it.
  ///
  /// @param found told what it is before the first byte
  public void pack(String container, String path, FoundListener found) {
    in(
        container,
        root -> {
          Found what = find(root, path);
          OutputStream out = found.on(what);
          boolean contents = path.endsWith("/.");
          boolean through = contents || path.endsWith("/");
          try (var tar = new TarWriter(out);
              var packer = new TreePacker(tar, Whiteouts.PLAIN)) {
            withFolder(
                root,
                through ? path : parent(path),
                folder -> {
                  if (through && !contents && !what.name().equals("/")) {
                    packer.addAs(folder, FileCalls.bytes(what.name())); // perhaps behind a link
                  } else if (contents) { // clients put another name in the place of the dot
                    packer.add(folder, ".");
                  } else if (what.name().equals("/")) {
                    packer.addContents(folder, "/");
                  } else {
                    packer.add(folder, FileCalls.bytes(what.name()));
                  }
                });
          }
          return what;
        });
  }

  /// Writes the container's whole tree as a tar, with names relative to its root.
  ///
  /// @param open told once before the first byte
  public void export(String container, FoundListener open) {
    in(
        container,
        RestingTree::callUnmounted,
        root -> {
          Found top = find(root, "/");
          try (var tar = new TarWriter(open.on(top));
              var packer = new TreePacker(tar, Whiteouts.PLAIN)) {
            packer.addFileSystem(root);
          }
          return top;
        });
  }

  /// Told what is about to be packed.
  @FunctionalInterface
  public interface FoundListener {
    /// @return where the tar goes
    OutputStream on(Found found) throws IOException;
  }

  /// How a tar is unpacked into a container.
  ///
  /// @param keepKinds a folder must not replace something else, nor be replaced by it
  /// @param asUser what is unpacked belongs to the user that the container runs as, where its
  ///   configuration names one
  public record UnpackOptions(boolean keepKinds, boolean asUser) {}

  /// Unpacks a tar, plain, into a folder of the container.
  ///
  /// @throws EngineException.NotFound when there is no such folder
  /// @throws EngineException.Invalid when it is no folder
  /// @throws EngineException.Denied when it is read-only
  public void unpack(String container, String path, UnpackOptions options, InputStream tar) {
    ContainerRecord record = parts.index().get(container).record();
    Optional<ResolvedMount> mount = mountOf(record, path);
    if (mount.filter(ResolvedMount::readOnly).isPresent()) {
      throw new EngineException.Denied("mounted volume is marked read-only");
    }
    if (mount.isEmpty() && record.spec().isolation().readOnlyRoot()) {
      throw new EngineException.Denied("container rootfs is marked read-only");
    }
    in(
        container,
        root -> {
          Found folder = find(root, path + "/.");
          if (!folder.status().isDirectory()) {
            throw new EngineException.Invalid("extraction point is not a directory");
          }
          Optional<ResolvedUser> owner = options.asUser() ? user(record, root) : Optional.empty();
          try {
            withFolder(root, path, into -> unpack(tar, into, options.keepKinds(), owner));
          } catch (TreeUnpacker.OtherKind e) {
            throw new EngineException.Failed(
                "cannot overwrite %s \"%s\" with %s \"%s\""
                    .formatted(
                        e.folder() ? "non-directory" : "directory",
                        Path.of("/", path).normalize().resolve(e.path()),
                        e.folder() ? "directory" : "non-directory",
                        path));
          }
          return folder;
        });
  }

  private static void unpack(
      InputStream tar, Path into, boolean keepKinds, Optional<ResolvedUser> owner)
      throws IOException {
    try (var unpacker = new TreeUnpacker(into, Whiteouts.PLAIN, UnpackLimits.DEFAULT)) {
      if (keepKinds) {
        unpacker.keepKinds();
      }
      owner.ifPresent(it -> unpacker.giveTo((int) it.uid(), (int) it.gid()));
      unpacker.unpack(new TarReader(tar));
    }
  }

  /// The user that a container's configuration names, as its own files tell.
  private static Optional<ResolvedUser> user(ContainerRecord record, Path root) {
    String user = record.merged().user();
    if (user.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ResolvedUser.lookUp(user, List.of(), root));
    } catch (ContainerStartException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    }
  }

  /// What is done with a folder that is open, under a name that leads to it.
  @FunctionalInterface
  private interface FolderUse {
    void with(Path folder) throws IOException;
  }

  private static void withFolder(Path root, String path, FolderUse use) throws IOException {
    try (var calls = new FileCalls()) {
      int top = openRoot(calls, root);
      try {
        int folder = openFolder(calls, top, path);
        try {
          use.with(Path.of("/proc/thread-self/fd/" + folder));
        } finally {
          calls.close(folder);
        }
      } finally {
        calls.close(top);
      }
    }
  }

  /// What is mounted where a path leads, as far as its words tell; the kernel knows of links.
  private static Optional<ResolvedMount> mountOf(ContainerRecord record, String path) {
    Path clean = Path.of("/", path).normalize();
    return record.mounts().stream()
        .filter(it -> clean.startsWith(Path.of(it.target())))
        .max(java.util.Comparator.comparingInt(it -> it.target().length()));
  }

  private static String parent(String path) {
    String clean = Path.of("/", path).normalize().toString();
    int slash = clean.lastIndexOf('/');
    return slash <= 0 ? "/" : clean.substring(0, slash);
  }

  private static Found find(Path root, String path) throws IOException {
    boolean through = path.endsWith("/.") || path.endsWith("/");
    Path clean = Path.of("/", path).normalize();
    try (var calls = new FileCalls()) {
      int top = openRoot(calls, root);
      try {
        if (clean.getNameCount() == 0) {
          return new Found("/", calls.status(top, ""), "");
        }
        String name = path.endsWith("/.") ? "." : String.valueOf(clean.getFileName());
        int folder =
            through ? openAny(calls, top, clean.toString()) : openFolder(calls, top, parent(path));
        try {
          FileStatus status = calls.statusOrNull(folder, through ? "" : FileCalls.bytes(name));
          if (status == null) {
            throw notFound(path);
          }
          if (through && !status.isDirectory()) {
            throw new EngineException.Invalid("lstat " + path + ": not a directory");
          }
          boolean link = status.type() == FileStatus.SYMLINK;
          String target =
              link ? FileCalls.shown(calls.readSymlink(folder, FileCalls.bytes(name))) : "";
          return new Found(name, status, target);
        } finally {
          calls.close(folder);
        }
      } catch (FileCallException e) {
        throw notFound(path);
      } finally {
        calls.close(top);
      }
    }
  }

  private static EngineException notFound(String path) {
    return new EngineException.NotFound("Could not find the file " + path + " in container");
  }

  static int openRoot(FileCalls calls, Path root) throws IOException {
    return check(
        calls.open(
            FileCalls.CURRENT_FOLDER,
            FileCalls.bytes(root.toString()),
            O_NOATIME_FREE_DIRECTORY,
            0),
        "open",
        root.toString());
  }

  static int openAny(FileCalls calls, int top, String path) {
    int opened = calls.openInRoot(top, FileCalls.bytes(path), FileCalls.O_PATH);
    if (opened < 0) {
      throw notFound(path);
    }
    return opened;
  }

  private static int openFolder(FileCalls calls, int top, String path) {
    int opened = calls.openInRoot(top, FileCalls.bytes(path), FileCalls.O_DIRECTORY);
    if (opened < 0) {
      throw notFound(path);
    }
    return opened;
  }

  private <T> T in(String reference, RestingTree.Action<T> action) {
    return in(reference, RestingTree::call, action);
  }

  /// How the tree of a container that does not run is looked at.
  @FunctionalInterface
  private interface AtRest<T> {
    T call(RestingTree tree, RestingTree.Action<T> action) throws IOException;
  }

  private <T> T in(String reference, AtRest<T> atRest, RestingTree.Action<T> action) {
    Container container = parts.index().get(reference);
    RunningContainer process = container.process();
    try {
      return in(container, process, atRest, action);
    } catch (EngineException.NotFound e) {
      throw new EngineException.NotFound(e.getMessage() + " " + reference);
    }
  }

  private <T> T in(
      Container container,
      @Nullable RunningContainer process,
      AtRest<T> atRest,
      RestingTree.Action<T> action) {
    try {
      if (process != null) {
        return action.run(Path.of("/proc/" + process.pid() + "/root"));
      }
      try (var _ = container.lock()) { // it must not be started on a tree that is mounted here
        return atRest.call(RestingTree.of(container.record(), parts), action);
      }
    } catch (IOException e) {
      throw new EngineException.Failed(
          "files of container %s: %s".formatted(container.id(), e.getMessage()), e);
    }
  }
}
