package jcompose.engine.archive;

import static jcompose.engine.host.files.FileCalls.O_DIRECTORY;
import static jcompose.engine.host.files.FileCalls.O_NOFOLLOW;
import static jcompose.engine.host.files.FileCalls.O_RDONLY;
import static jcompose.engine.host.files.FileCalls.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileStatus;

/// Writes a folder's tree as a tar, in the order of the names' bytes, so that equal trees give
/// equal archives. Sockets are left out: an archive cannot hold them.
public final class TreePacker implements AutoCloseable {
  private static final String OVERLAY_ATTRIBUTES = "trusted.overlay.";
  private static final long ANY = -1;
  private static final String OPAQUE = "trusted.overlay.opaque";

  private final FileCalls calls = new FileCalls();
  private final TarWriter out;
  private final Whiteouts whiteouts;
  private final Map<List<Long>, String> linked = new HashMap<>();
  private final byte[] buffer = new byte[1 << 17];
  private long device = ANY; // what folders are packed with their contents
  private long bytes;
  private long inodes;

  /// @param whiteouts with [Whiteouts#OVERLAY] the folder is the upper one of an overlay, or a
  ///   layer: overlayfs's whiteouts become `.wh.` members
  public TreePacker(TarWriter out, Whiteouts whiteouts) {
    this.out = out;
    this.whiteouts = whiteouts;
  }

  /// Adds all that is in a folder, with names relative to it, and not the folder itself.
  public void addContents(Path folder) throws IOException {
    addContents(folder, "");
  }

  /// As the other, but leaves what is mounted there alone: of a mounted folder, only the folder.
  public void addFileSystem(Path folder) throws IOException {
    String name = FileCalls.bytes(folder.toAbsolutePath().toString() + "/.");
    device = calls.status(FileCalls.CURRENT_FOLDER, name).device();
    try {
      addContents(folder);
    } finally {
      device = ANY;
    }
  }

  /// As the other, with something before each name.
  public void addContents(Path folder, String prefix) throws IOException {
    int opened = opened(folder);
    try {
      children(opened, prefix);
    } finally {
      calls.close(opened);
    }
  }

  private int opened(Path folder) throws IOException {
    String path = FileCalls.bytes(folder.toAbsolutePath().toString());
    int opened = calls.open(FileCalls.CURRENT_FOLDER, path, O_DIRECTORY, 0);
    return check(opened, "open", folder.toString());
  }

  /// Adds a folder, with all that is in it, under another name.
  ///
  /// @param name a byte string
  public void addAs(Path folder, String name) throws IOException {
    int opened = opened(folder);
    try {
      FileStatus status = calls.status(opened, "");
      var attributes = plain(attributes(opened, "."));
      out.begin(entry(name + "/", TarEntry.Type.DIRECTORY, "", status, attributes, 0));
      inodes++;
      children(opened, name + "/");
    } finally {
      calls.close(opened);
    }
  }

  /// Adds one thing of a folder under its own name, a folder with all that is in it.
  ///
  /// @param name a byte string
  public void add(Path folder, String name) throws IOException {
    int opened = opened(folder);
    try {
      add(opened, name, name);
    } finally {
      calls.close(opened);
    }
  }

  /// Bytes of the files packed, each hard-linked file once.
  public long bytes() {
    return bytes;
  }

  public long inodes() {
    return inodes;
  }

  private void children(int folder, String prefix) throws IOException {
    var names = calls.list(folder);
    Collections.sort(names); // chars are bytes
    for (String name : names) {
      add(folder, name, prefix + name);
    }
  }

  private void add(int folder, String name, String path) throws IOException {
    FileStatus status = calls.statusOrNull(folder, name);
    if (status == null || status.type() == FileStatus.SOCKET) {
      return; // gone since it was listed
    }
    if (whiteouts == Whiteouts.OVERLAY && status.isWhiteout()) {
      String parent = path.substring(0, path.length() - name.length());
      out.begin(entry(parent + ".wh." + name, TarEntry.Type.FILE, "", status, Map.of(), 0));
      return;
    }
    if (!status.isDirectory() && status.links() > 1) {
      String first = linked.putIfAbsent(List.of(status.device(), status.inode()), path);
      if (first != null) {
        out.begin(entry(path, TarEntry.Type.HARD_LINK, first, status, Map.of(), 0));
        return;
      }
    }
    inodes++;
    var attributes = attributes(folder, name);
    switch (status.type()) {
      case FileStatus.DIRECTORY -> {
        boolean opaque = Arrays.equals(attributes.remove(OPAQUE), new byte[] {'y'});
        out.begin(entry(path + "/", TarEntry.Type.DIRECTORY, "", status, plain(attributes), 0));
        if (opaque && whiteouts == Whiteouts.OVERLAY) {
          out.begin(entry(path + "/.wh..wh..opq", TarEntry.Type.FILE, "", status, Map.of(), 0));
        }
        if (device != ANY && status.device() != device) {
          return;
        }
        int opened = check(calls.open(folder, name, O_DIRECTORY | O_NOFOLLOW, 0), "open", path);
        try {
          children(opened, path + "/");
        } finally {
          calls.close(opened);
        }
      }
      case FileStatus.REGULAR -> file(folder, name, path, status, plain(attributes));
      case FileStatus.SYMLINK ->
          out.begin(
              entry(
                  path,
                  TarEntry.Type.SYMLINK,
                  calls.readSymlink(folder, name),
                  status,
                  plain(attributes),
                  0));
      case FileStatus.CHARACTER ->
          out.begin(entry(path, TarEntry.Type.CHARACTER_DEVICE, "", status, plain(attributes), 0));
      case FileStatus.BLOCK ->
          out.begin(entry(path, TarEntry.Type.BLOCK_DEVICE, "", status, plain(attributes), 0));
      default -> out.begin(entry(path, TarEntry.Type.FIFO, "", status, plain(attributes), 0));
    }
  }

  private void file(
      int folder, String name, String path, FileStatus status, Map<String, byte[]> attributes)
      throws IOException {
    int file = check(calls.open(folder, name, O_RDONLY | O_NOFOLLOW, 0), "open", path);
    try {
      out.begin(entry(path, TarEntry.Type.FILE, "", status, attributes, status.size()));
      long left = status.size();
      while (left > 0) {
        int count =
            check(calls.read(file, buffer, 0, (int) Math.min(buffer.length, left)), "read", path);
        if (count == 0) { // it shrank meanwhile: the header is out, so make up for it
          Arrays.fill(buffer, (byte) 0);
          count = (int) Math.min(buffer.length, left);
        }
        out.write(buffer, 0, count);
        left -= count;
      }
      bytes += status.size();
    } finally {
      calls.close(file);
    }
  }

  private Map<String, byte[]> attributes(int folder, String name) throws IOException {
    var attributes = new HashMap<String, byte[]>();
    for (String attribute : calls.attributes(folder, name)) {
      attributes.put(attribute, calls.attribute(folder, name, attribute));
    }
    return attributes;
  }

  /// Without overlayfs's notes to itself, and labels that belong to this machine.
  private static Map<String, byte[]> plain(Map<String, byte[]> attributes) {
    attributes
        .keySet()
        .removeIf(it -> it.startsWith(OVERLAY_ATTRIBUTES) || it.equals("security.selinux"));
    return attributes;
  }

  private static TarEntry entry(
      String path,
      TarEntry.Type type,
      String target,
      FileStatus status,
      Map<String, byte[]> attributes,
      long size) {
    boolean device = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
    return new TarEntry(
        path,
        type,
        target,
        type == TarEntry.Type.SYMLINK ? 0777 : status.permissions(),
        status.uid(),
        status.gid(),
        size,
        status.seconds(),
        0,
        device ? (int) (status.node() >>> 32) : 0,
        device ? (int) status.node() : 0,
        attributes,
        Optional.empty());
  }

  @Override
  public void close() {
    calls.close();
  }
}
