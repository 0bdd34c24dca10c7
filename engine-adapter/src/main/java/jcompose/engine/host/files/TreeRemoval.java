package jcompose.engine.host.files;

import java.io.IOException;
import java.nio.file.Path;

/// How a tree of files is taken away: at once, as by [FileTree#remove], or later, as by
/// [LateRemoval#remove].
public interface TreeRemoval {
  void remove(Path tree) throws IOException;
}
