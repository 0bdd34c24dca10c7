package jcompose.engine.archive;

import static jcompose.engine.host.files.FileCalls.O_CREAT;
import static jcompose.engine.host.files.FileCalls.O_DIRECTORY;
import static jcompose.engine.host.files.FileCalls.O_EXCL;
import static jcompose.engine.host.files.FileCalls.O_NOFOLLOW;
import static jcompose.engine.host.files.FileCalls.O_RDONLY;
import static jcompose.engine.host.files.FileCalls.O_WRONLY;
import static jcompose.engine.host.files.FileCalls.check;
import static jcompose.engine.host.files.FileCalls.shown;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.engine.host.files.Errno;
import jcompose.engine.host.files.FileCallException;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileStatus;
import jcompose.engine.host.files.FileTree;

/// Unpacks a tar into a folder with owners, permissions, times, attributes, links, devices and
/// holes. Trusts nothing in it: every path is looked up by the kernel below the folder
/// (`RESOLVE_IN_ROOT`), as for a process that has the folder as its root; the last name of a path
/// is never followed, only made anew.
///
/// Needs root. One instance is one unpacking, on one thread, best a platform thread.
public final class TreeUnpacker implements AutoCloseable {
  private static final int MAX_OPEN_FOLDERS = 200;
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final String OVERLAY_ATTRIBUTES = "trusted.overlay.";

  private final FileCalls calls = new FileCalls();
  private final Whiteouts whiteouts;
  private final UnpackLimits limits;
  private final int root;
  private final byte[] buffer = new byte[1 << 17];
  private final LinkedHashMap<String, Integer> folders = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, TarEntry> folderTimes = new LinkedHashMap<>();
  private final Set<String> whiteoutPaths = new HashSet<>();
  private long bytes;
  private long members;
  private boolean keepsKinds;
  private Optional<Ids> owner = Optional.empty();

  /// @param folder exists; what is in it stays unless the archive replaces it
  public TreeUnpacker(Path folder, Whiteouts whiteouts, UnpackLimits limits) throws IOException {
    this.whiteouts = whiteouts;
    this.limits = limits;
    try {
      root =
          check(
              calls.open(
                  FileCalls.CURRENT_FOLDER,
                  FileCalls.bytes(folder.toAbsolutePath().toString()),
                  O_DIRECTORY,
                  0),
              "open",
              folder.toString());
    } catch (IOException e) {
      calls.close();
      throw e;
    }
  }

  /// A folder in the place of something else, or the other way round.
  public static final class OtherKind extends IOException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final boolean folder;

    private OtherKind(String path, boolean folder) {
      super(path + (folder ? " is no folder, and would become one" : " is a folder"));
      this.path = path;
      this.folder = folder;
    }

    /// Below the folder that is unpacked into.
    public String path() {
      return path;
    }

    /// Whether the archive has the folder.
    public boolean folder() {
      return folder;
    }
  }

  /// From now on a folder replaces nothing else, and nothing else a folder: that fails with
  /// [OtherKind].
  public void keepKinds() {
    keepsKinds = true;
  }

  private record Ids(int uid, int gid) {}

  /// From now on all that is unpacked belongs to this user and group, whatever the archive tells.
  public void giveTo(int uid, int gid) {
    owner = Optional.of(new Ids(uid, gid));
  }

  private int uid(TarEntry entry) {
    return owner.map(Ids::uid).orElse(entry.uid());
  }

  private int gid(TarEntry entry) {
    return owner.map(Ids::gid).orElse(entry.gid());
  }

  private void requireKind(FileStatus there, boolean folder, String path) throws OtherKind {
    if (keepsKinds && there.isDirectory() != folder) {
      throw new OtherKind(shown(path), folder);
    }
  }

  /// Unpacks all members up to the archive's end; what follows it in the stream is left to the
  /// caller.
  public void unpack(TarReader archive) throws IOException {
    for (var entry = archive.next(); entry != null; entry = archive.next()) {
      if (++members > limits.members()) {
        throw new TarFormatException(
            "the archive has more than the " + limits.members() + " members that are allowed");
      }
      try {
        unpack(entry, archive);
      } catch (FileCallException e) {
        throw new IOException("cannot unpack " + shown(entry.name()) + ": " + e.getMessage(), e);
      }
    }
    for (var entry : folderTimes.entrySet()) {
      int folder = folder(entry.getKey());
      check(
          calls.setTime(folder, entry.getValue().seconds(), entry.getValue().nanos()),
          "set the time of",
          entry.getKey());
    }
  }

  /// Bytes of the files written, each hard-linked file once.
  public long bytes() {
    return bytes;
  }

  /// Writes all that was unpacked to the disk: the file system as a whole, once.
  public void sync() throws IOException {
    check(calls.syncFileSystem(root), "sync", "the file system");
  }

  private void unpack(TarEntry entry, TarReader archive) throws IOException {
    String path = clean(entry.name(), "name");
    if (path.isEmpty()) {
      if (entry.type() == TarEntry.Type.DIRECTORY) {
        finishFolder(root, "", entry);
      }
      return;
    }
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "" : path.substring(0, slash);
    String name = path.substring(slash + 1);
    if (whiteouts == Whiteouts.OVERLAY && name.startsWith(WHITEOUT)) {
      whiteOut(parent, name);
      return;
    }
    int folder = folder(parent);
    switch (entry.type()) {
      case FILE -> file(folder, name, path, entry, archive);
      case DIRECTORY -> directory(folder, name, path, entry);
      case HARD_LINK -> hardLink(folder, name, path, entry);
      case SYMLINK -> {
        int made = calls.makeSymlink(entry.target(), folder, name);
        if (made == -Errno.EEXIST) {
          replaceFile(folder, name, path);
          made = calls.makeSymlink(entry.target(), folder, name);
        }
        check(made, "symlink", path);
        finishByName(folder, name, path, entry);
      }
      case CHARACTER_DEVICE -> node(folder, name, path, FileStatus.CHARACTER, entry);
      case BLOCK_DEVICE -> node(folder, name, path, FileStatus.BLOCK, entry);
      case FIFO -> node(folder, name, path, FileStatus.FIFO, entry);
    }
  }

  private void file(int folder, String name, String path, TarEntry entry, TarReader archive)
      throws IOException {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
    int file = calls.open(folder, name, flags, 0600);
    if (file == -Errno.EEXIST) {
      replaceFile(folder, name, path);
      file = calls.open(folder, name, flags, 0600);
    }
    check(file, "create", path);
    try {
      count(entry.size());
      if (entry.extents().isPresent()) {
        long at = 0;
        for (var extent : entry.extents().get()) {
          check(calls.skip(file, extent.offset() - at), "seek in", path);
          copy(archive, file, extent.length(), path);
          at = extent.offset() + extent.length();
        }
        check(calls.truncate(file, entry.size()), "extend", path);
      } else {
        copy(archive, file, entry.size(), path);
      }
      check(calls.setOwner(file, uid(entry), gid(entry)), "chown", path);
      check(calls.setMode(file, entry.permissions()), "chmod", path); // chown cleared setuid
      for (var attribute : entry.attributes().entrySet()) { // chown cleared capabilities
        if (isAllowed(attribute.getKey())) {
          tolerate(
              calls.setAttribute(file, attribute.getKey(), attribute.getValue()),
              attribute.getKey(),
              path);
        }
      }
      check(calls.setTime(file, entry.seconds(), entry.nanos()), "set the time of", path);
    } finally {
      calls.close(file);
    }
  }

  private void copy(TarReader archive, int file, long length, String path) throws IOException {
    long left = length;
    while (left > 0) {
      int part = 0; // fill the buffer: the archive often gives less at once
      int wanted = (int) Math.min(buffer.length, left);
      while (part < wanted) {
        int count = archive.read(buffer, part, wanted - part);
        if (count < 0) {
          throw new TarFormatException("the archive has less data than it says for " + shown(path));
        }
        part += count;
      }
      check(calls.write(file, buffer, 0, part), "write", path);
      left -= part;
    }
  }

  private void count(long size) throws TarFormatException {
    if (size > limits.bytes() - bytes) {
      throw new TarFormatException(
          "the archive unpacks to more than the " + limits.bytes() + " bytes that are allowed");
    }
    bytes += size;
  }

  private void directory(int folder, String name, String path, TarEntry entry) throws IOException {
    int made = calls.makeDirectory(folder, name, 0700);
    boolean opaque = false;
    if (made == -Errno.EEXIST) {
      var there = calls.status(folder, name);
      if (!there.isDirectory()) {
        requireKind(there, true, path);
        opaque = whiteouts == Whiteouts.OVERLAY && there.isWhiteout();
        replace(folder, name, path);
        made = calls.makeDirectory(folder, name, 0700);
      } else {
        made = 0;
      }
    }
    check(made, "mkdir", path);
    int opened = check(calls.open(folder, name, O_DIRECTORY | O_NOFOLLOW, 0), "open", path);
    remember(path, opened);
    if (opaque) {
      setOpaque(opened, path);
    }
    finishFolder(opened, path, entry);
  }

  private void finishFolder(int folder, String path, TarEntry entry) throws IOException {
    check(calls.setOwner(folder, uid(entry), gid(entry)), "chown", path);
    check(calls.setMode(folder, entry.permissions()), "chmod", path);
    for (var attribute : entry.attributes().entrySet()) {
      if (isAllowed(attribute.getKey())) {
        tolerate(
            calls.setAttribute(folder, attribute.getKey(), attribute.getValue()),
            attribute.getKey(),
            path);
      }
    }
    folderTimes.put(path, entry); // last of all: each file made in it changes its time
  }

  private void hardLink(int folder, String name, String path, TarEntry entry) throws IOException {
    String target = clean(entry.target(), "link target");
    if (target.equals(path)) {
      return;
    }
    int slash = target.lastIndexOf('/');
    int targetFolder = folder(slash < 0 ? "" : target.substring(0, slash));
    String targetName = target.substring(slash + 1);
    int made = calls.makeLink(targetFolder, targetName, folder, name);
    if (made == -Errno.EEXIST) {
      replaceFile(folder, name, path);
      made = calls.makeLink(targetFolder, targetName, folder, name);
    }
    check(made, "link to " + shown(target) + " as", path);
  }

  private void node(int folder, String name, String path, int type, TarEntry entry)
      throws IOException {
    int mode = type | entry.permissions();
    int made = calls.makeNode(folder, name, mode, entry.major(), entry.minor());
    if (made == -Errno.EEXIST) {
      replaceFile(folder, name, path);
      made = calls.makeNode(folder, name, mode, entry.major(), entry.minor());
    }
    check(made, "mknod", path);
    finishByName(folder, name, path, entry);
  }

  private void finishByName(int folder, String name, String path, TarEntry entry)
      throws IOException {
    check(calls.setOwner(folder, name, uid(entry), gid(entry)), "chown", path);
    if (entry.type() != TarEntry.Type.SYMLINK) {
      check(calls.setMode(folder, name, entry.permissions()), "chmod", path);
    }
    for (var attribute : entry.attributes().entrySet()) {
      if (isAllowed(attribute.getKey())) {
        tolerate(
            calls.setAttribute(folder, name, attribute.getKey(), attribute.getValue()),
            attribute.getKey(),
            path);
      }
    }
    check(calls.setTime(folder, name, entry.seconds(), entry.nanos()), "set the time of", path);
  }

  private void whiteOut(String parent, String name) throws IOException {
    int folder = folder(parent);
    if (name.equals(OPAQUE)) {
      setOpaque(folder, parent);
      return;
    }
    if (name.startsWith(".wh..wh.")) {
      return; // AUFS kept its own files under such names
    }
    String hidden = name.substring(WHITEOUT.length());
    if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
      throw new TarFormatException("invalid whiteout in the archive: " + shown(name));
    }
    int made = calls.makeNode(folder, hidden, FileStatus.CHARACTER, 0, 0);
    if (made == -Errno.EEXIST) {
      // A whiteout hides what lower layers have, not what this one has.
      if (calls.status(folder, hidden).isDirectory()) {
        String path = parent.isEmpty() ? hidden : parent + "/" + hidden;
        setOpaque(folder(path), path);
      }
      return;
    }
    check(made, "whiteout", hidden);
    whiteoutPaths.add(parent.isEmpty() ? hidden : parent + "/" + hidden);
  }

  private void setOpaque(int folder, String path) throws IOException {
    check(
        calls.setAttribute(folder, "trusted.overlay.opaque", new byte[] {'y'}),
        "make opaque",
        path);
  }

  /// The same for a member that is no folder.
  private void replaceFile(int folder, String name, String path) throws IOException {
    requireKind(calls.status(folder, name), false, path);
    replace(folder, name, path);
  }

  /// Takes away what is in the way of a member. Open folders below it would be stale.
  private void replace(int folder, String name, String path) throws IOException {
    FileTree.remove(calls, folder, name);
    if (!whiteoutPaths.remove(path)) {
      closeFolders();
      folderTimes.keySet().removeIf(it -> it.equals(path) || it.startsWith(path + "/"));
    }
  }

  /// An open folder of this path below the root; made with its parents where it is missing.
  private int folder(String path) throws IOException {
    if (path.isEmpty()) {
      return root;
    }
    Integer known = folders.get(path);
    if (known != null) {
      return known;
    }
    int opened = calls.openInRoot(root, path, O_RDONLY | O_DIRECTORY);
    if (opened == -Errno.ENOENT) {
      int slash = path.lastIndexOf('/');
      int parent = folder(slash < 0 ? "" : path.substring(0, slash));
      check(calls.makeDirectory(parent, path.substring(slash + 1), 0755), "mkdir", path);
      opened = calls.openInRoot(root, path, O_RDONLY | O_DIRECTORY);
    }
    check(opened, "open", path);
    remember(path, opened);
    return opened;
  }

  private void remember(String path, int opened) {
    Integer before = folders.put(path, opened);
    if (before != null) {
      calls.close(before);
    }
    if (folders.size() > MAX_OPEN_FOLDERS) {
      var eldest = folders.pollFirstEntry();
      calls.close(eldest.getValue());
    }
  }

  private void closeFolders() {
    for (int opened : folders.values()) {
      calls.close(opened);
    }
    folders.clear();
  }

  /// A path without `.`, `..` and doubled or outer slashes.
  private static String clean(String name, String what) throws TarFormatException {
    if (name.indexOf('\0') >= 0) {
      throw new TarFormatException("a " + what + " in the archive contains a NUL");
    }
    if (!name.contains("//")
        && !name.contains("./")
        && !name.startsWith("/")
        && !name.endsWith("/")
        && !name.endsWith(".")) {
      return name;
    }
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/")) {
      switch (part) {
        case "", "." -> {}
        case ".." -> {
          if (parts.isEmpty()) {
            throw new TarFormatException(
                "a " + what + " in the archive leaves its root: " + shown(name));
          }
          parts.removeLast();
        }
        default -> parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private static boolean isAllowed(String attribute) {
    return !attribute.startsWith(OVERLAY_ATTRIBUTES) && attribute.indexOf('\0') < 0;
  }

  /// A file system or kernel without a kind of attribute is no reason to refuse the image.
  private static void tolerate(int result, String attribute, String path) throws IOException {
    if (result != -Errno.ENOTSUP && result != -Errno.EPERM) {
      check(result, "set " + shown(attribute) + " of", path);
    }
  }

  @Override
  public void close() {
    closeFolders();
    calls.close(root);
    calls.close();
  }
}
