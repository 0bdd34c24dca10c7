package jcompose.engine.build.tree;

import java.util.Optional;
import jcompose.engine.archive.TarEntry;
import jcompose.engine.dockerfile.IgnoreRules;
import jcompose.engine.host.files.FileCalls;

/// What a copy changes of what it copies.
///
/// @param owner for all that is copied or made; absent keeps the source's
/// @param mode absent keeps the source's
/// @param excludes patterns, relative to a source folder
/// @param replaceAnything a folder may take a file's place and the other way round, as when an
///   archive is unpacked
public record CopyRules(
    Optional<Ownership> owner,
    Optional<ModeChange> mode,
    IgnoreRules excludes,
    boolean replaceAnything) {
  public static final CopyRules KEEP =
      new CopyRules(Optional.empty(), Optional.empty(), IgnoreRules.NONE, false);

  Ownership owner(TarEntry entry) {
    return owner.orElse(new Ownership(entry.uid(), entry.gid()));
  }

  int permissions(TarEntry entry) {
    boolean folder = entry.type() == TarEntry.Type.DIRECTORY;
    return mode.map(it -> it.apply(entry.permissions(), folder)).orElse(entry.permissions());
  }

  boolean excludes(String path) {
    return !excludes.isEmpty() && excludes.excludes(FileCalls.shown(path));
  }
}
