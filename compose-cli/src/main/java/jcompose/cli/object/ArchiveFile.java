package jcompose.cli.object;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.UsageError;
import org.jspecify.annotations.Nullable;

/// Where an archive goes: a file, or standard output unless that is a terminal.
public final class ArchiveFile {
  private final Invocation invocation;
  private final Optional<Path> file;

  private ArchiveFile(Invocation invocation, Optional<Path> file) {
    this.invocation = invocation;
    this.file = file;
  }

  /// @param name absent for standard output
  /// @param verb for the message
  /// @throws UsageError when it cannot go there
  public static ArchiveFile of(Invocation invocation, @Nullable String name, String verb) {
    if (name == null || name.isEmpty()) {
      if (invocation.terminal().output()) {
        throw new UsageError(
            "cowardly refusing to " + verb + " to a terminal. Use the -o flag or redirect");
      }
      return new ArchiveFile(invocation, Optional.empty());
    }
    Path file = GlobalOptions.resolve(invocation, name);
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageError("invalid output path: directory \"" + folder + "\" does not exist");
    }
    return new ArchiveFile(invocation, Optional.of(file));
  }

  /// Half a file is not left under the name that was asked for.
  ///
  /// @return the exit code
  public int write(InputStream archive) throws IOException {
    if (file.isEmpty()) {
      archive.transferTo(invocation.output());
      invocation.output().flush();
      return ExitStatus.OK;
    }
    Path target = file.get();
    Path part = Files.createTempFile(target.getParent(), ".archive", ".part");
    try {
      Files.copy(archive, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return ExitStatus.OK;
  }
}
