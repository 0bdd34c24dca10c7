package jcompose.cli.copy;

import java.util.function.UnaryOperator;
import jcompose.engine.archive.TarCopy;
import jcompose.engine.archive.TarEntry;

/// Gives the top of a copied tree another name: `a/x` becomes `b/x`, or `x` with an empty one.
///
/// @param top a byte string, without a slash
record Renaming(String top) implements UnaryOperator<TarEntry> {
  @Override
  public TarEntry apply(TarEntry entry) {
    boolean linked = entry.type() == TarEntry.Type.HARD_LINK; // names a member of the archive
    return TarCopy.renamed(
        entry, renamed(entry.name()), linked ? renamed(entry.target()) : entry.target());
  }

  String renamed(String name) {
    int slash = name.indexOf('/');
    String rest = slash < 0 ? "" : name.substring(slash + 1);
    if (top.isEmpty()) {
      return rest.isEmpty() ? "." : rest;
    }
    return rest.isEmpty() ? top : top + "/" + rest;
  }
}
