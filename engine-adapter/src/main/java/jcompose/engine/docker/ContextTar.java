package jcompose.engine.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes a build context as a tar. Links are kept as links and never followed, everything belongs
/// to root as with the docker command, and what is neither file, folder nor link is left out.
final class ContextTar {
  private final BuildContext context;

  ContextTar(BuildContext context) {
    this.context = context;
  }

  void write(OutputStream output) throws IOException {
    try (var tar = new TarArchiveOutputStream(output, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      Files.walkFileTree(context.folder(), new Writer(tar));
      if (context.ownDockerfile().isPresent()) {
        byte[] text = context.ownDockerfile().get();
        var entry = new TarArchiveEntry(context.dockerfile());
        entry.setSize(text.length);
        entry.setMode(0644);
        tar.putArchiveEntry(entry);
        tar.write(text);
        tar.closeArchiveEntry();
      }
    }
  }

  private final class Writer extends SimpleFileVisitor<Path> {
    private final TarArchiveOutputStream tar;

    Writer(TarArchiveOutputStream tar) {
      this.tar = tar;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      String name = name(folder);
      if (name.isEmpty()) {
        return FileVisitResult.CONTINUE;
      }
      if (context.ignored().matches(name)) {
        boolean maybeWanted =
            context.ignored().hasExceptions() || context.dockerfile().startsWith(name + "/");
        return maybeWanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
      }
      tar.putArchiveEntry(entry(folder, name + "/"));
      tar.closeArchiveEntry();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = name(file);
      // the daemon needs both, and leaves them out itself when they are ignored
      boolean needed = name.equals(context.dockerfile()) || name.equals(".dockerignore");
      if (attributes.isOther() || (!needed && context.ignored().matches(name))) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(Files.readSymbolicLink(file).toString());
        entry.setModTime(attributes.lastModifiedTime());
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return FileVisitResult.CONTINUE;
      }
      TarArchiveEntry entry = entry(file, name);
      entry.setSize(attributes.size());
      tar.putArchiveEntry(entry);
      Files.copy(file, tar);
      tar.closeArchiveEntry();
      return FileVisitResult.CONTINUE;
    }

    private String name(Path path) {
      return context.folder().relativize(path).toString();
    }
  }

  private static TarArchiveEntry entry(Path path, String name) throws IOException {
    // "unix:mode" has set-user-id and its like, which the JDK's POSIX permissions lack
    Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    var entry = new TarArchiveEntry(name);
    entry.setMode(((Number) Objects.requireNonNull(mode)).intValue() & 07777);
    entry.setModTime(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS));
    return entry;
  }
}
