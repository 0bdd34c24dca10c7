package jcompose.engine.build.tree;

import static jcompose.engine.host.files.FileCalls.O_DIRECTORY;
import static jcompose.engine.host.files.FileCalls.O_NOFOLLOW;
import static jcompose.engine.host.files.FileCalls.O_RDONLY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileStatus;
import org.jspecify.annotations.Nullable;

/// What overlayfs would show of a stack of folders, read without mounting it: whiteouts hide,
/// opaque folders end what shines through, and files of upper layers cover those below.
public final class LayersTree implements SourceTree {
  private static final String OPAQUE = "trusted.overlay.opaque";

  private final FileCalls calls = new FileCalls();
  private final List<Integer> layers = new ArrayList<>(); // open folders, topmost first
  private final Map<String, List<Integer>> folders = new HashMap<>(); // path to merged layers

  /// @param stack the topmost first
  public LayersTree(List<Path> stack) throws IOException {
    try {
      for (Path layer : stack) {
        String name = FileCalls.bytes(layer.toAbsolutePath().toString());
        layers.add(
            FileCalls.check(
                calls.open(FileCalls.CURRENT_FOLDER, name, O_RDONLY | O_DIRECTORY, 0),
                "open",
                name));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    folders.put("", List.copyOf(layers));
  }

  /// Forgets what it knows of a path and all below, after the top layer was written to.
  void changed(String path) {
    folders.keySet().removeIf(it -> it.equals(path) || it.startsWith(path + "/"));
    folders.put("", List.copyOf(layers));
  }

  private record Found(int layer, FileStatus status) {}

  @Override
  public Optional<TreeNode> at(String path) throws IOException {
    Found found = find(path);
    return found == null ? Optional.empty() : node(found, path);
  }

  private @Nullable Found find(String path) throws IOException {
    if (path.isEmpty()) {
      return new Found(layers.getFirst(), calls.status(layers.getFirst(), "."));
    }
    List<Integer> candidates = merged(TreePaths.parent(path));
    Found found = null;
    var below = new ArrayList<Integer>();
    for (int layer : candidates) {
      FileStatus status = calls.statusOrNull(layer, path);
      if (status == null) {
        continue;
      }
      if (status.isWhiteout() || (found != null && !status.isDirectory())) {
        break;
      }
      if (found == null) {
        found = new Found(layer, status);
        if (!status.isDirectory()) {
          return found;
        }
      }
      below.add(layer);
      if (isOpaque(layer, path)) {
        break;
      }
    }
    if (found != null) {
      folders.put(path, List.copyOf(below));
    }
    return found;
  }

  /// The layers whose folder of this path is part of what is seen; none where it is no folder.
  private List<Integer> merged(String path) throws IOException {
    List<Integer> known = folders.get(path);
    if (known == null) {
      Found found = find(path);
      known =
          found != null && found.status().isDirectory()
              ? folders.getOrDefault(path, List.of())
              : List.of();
    }
    return known;
  }

  private boolean isOpaque(int layer, String path) throws IOException {
    for (String attribute : calls.attributes(layer, path)) {
      if (attribute.equals(OPAQUE)) {
        byte[] value = calls.attribute(layer, path, OPAQUE);
        return value.length == 1 && value[0] == 'y';
      }
    }
    return false;
  }

  private Optional<TreeNode> node(Found found, String path) throws IOException {
    FileStatus status = found.status();
    String name = path.isEmpty() ? "." : path;
    String target =
        status.type() == FileStatus.SYMLINK ? calls.readSymlink(found.layer(), name) : "";
    var attributes = new HashMap<String, byte[]>();
    for (String attribute : calls.attributes(found.layer(), name)) {
      if (!attribute.startsWith("trusted.overlay.") && !attribute.equals("security.selinux")) {
        attributes.put(attribute, calls.attribute(found.layer(), name, attribute));
      }
    }
    return StatusEntries.entry(status, target, attributes)
        .map(it -> new TreeNode(path, it, ContentDigests.Identity.of(status)));
  }

  @Override
  public List<TreeNode> children(TreeNode folder) throws IOException {
    var names = new TreeSet<String>();
    for (int layer : merged(folder.path())) {
      String path = folder.path().isEmpty() ? "." : folder.path();
      int opened =
          FileCalls.check(
              calls.open(layer, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0), "open", path);
      try {
        names.addAll(calls.list(opened));
      } finally {
        calls.close(opened);
      }
    }
    var nodes = new ArrayList<TreeNode>();
    for (String name : names) {
      at(TreePaths.child(folder.path(), name)).ifPresent(nodes::add);
    }
    return nodes;
  }

  @Override
  public FileContent open(TreeNode file) throws IOException {
    Found found = find(file.path());
    if (found == null) {
      throw new IOException("no such file: /" + Shown.path(file.path()));
    }
    int opened = calls.open(found.layer(), file.path(), O_RDONLY | O_NOFOLLOW, 0);
    FileCalls.check(opened, "open", file.path());
    return new OpenFile(calls, opened, file.path());
  }

  @Override
  public String digest(TreeNode file) throws IOException {
    return Digests.of(this, file);
  }

  @Override
  public void close() {
    layers.forEach(calls::close);
    calls.close();
  }
}
