package jcompose.engine.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;

/// Paths as texts with `/`, as they stand in Dockerfiles: they name things in images, not on this
/// machine.
public final class PathNames {
  private PathNames() {}

  /// The shortest path that names the same: no empty name, no `.`, and `..` only at the start of a
  /// relative path. Empty becomes `.`.
  ///
  /// @see <a href="https://pkg.go.dev/path#Clean">path.Clean</a>
  public static String clean(String path) {
    boolean absolute = path.startsWith("/");
    var names = new ArrayDeque<String>();
    for (String name : path.split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> {
          if (!names.isEmpty() && !names.getLast().equals("..")) {
            names.removeLast();
          } else if (!absolute) {
            names.addLast(name);
          }
        }
        default -> names.addLast(name);
      }
    }
    String joined = String.join("/", new ArrayList<>(names));
    return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  /// `path` seen from `folder`, which is absolute; the result is absolute and clean.
  public static String resolve(String folder, String path) {
    return clean(path.startsWith("/") ? path : folder + "/" + path);
  }

  /// A path taken as one below a root: leading `/` and `..` are cut off. The root itself is empty.
  public static String belowRoot(String path) {
    return clean("/" + path).substring(1);
  }

  /// The last name of a path, empty for a root.
  public static String lastName(String path) {
    String clean = clean(path);
    return clean.equals(".") || clean.equals("/")
        ? ""
        : clean.substring(clean.lastIndexOf('/') + 1);
  }
}
