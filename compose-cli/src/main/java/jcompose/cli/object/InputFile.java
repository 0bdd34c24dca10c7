package jcompose.cli.object;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.UsageError;

/// A file that a command reads.
public final class InputFile {
  private InputFile() {}

  /// @param name as the caller wrote it
  /// @throws UsageError when it cannot be read
  public static InputStream open(Invocation invocation, String name) {
    Path file = GlobalOptions.resolve(invocation, name);
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new UsageError("open " + name + ": no such file or directory");
    } catch (IOException e) {
      throw new UsageError("cannot read " + file + ": " + e.getMessage());
    }
  }
}
