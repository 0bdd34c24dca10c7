package jcompose.cli.copy;

import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.UsageError;
import jcompose.core.engine.ContainerFiles;
import jcompose.core.resource.ContainerId;
import picocli.CommandLine.Option;

/// Flags of both commands called `cp`, and the copying that they ask for.
public final class CopyFlags {
  private static final String STREAM = "-";

  @Option(
      names = {"-a", "--archive"},
      description = "Archive mode (copy all uid/gid information)")
  private boolean archive;

  @Option(
      names = {"-L", "--follow-link"},
      description = "Always follow symbol link in SRC_PATH")
  private boolean follow;

  /// Copies out of a container.
  ///
  /// @param to a path of the caller's, or `-` for a tar on standard output
  /// @return whether files were written
  /// @throws UsageError when standard output is a terminal
  public boolean out(
      ContainerFiles files, ContainerId id, String from, String to, Invocation invocation) {
    var copy = new CopyOut(files, follow, archive);
    if (!to.equals(STREAM)) {
      copy.toFolder(id, from, GlobalOptions.resolve(invocation, to), to.endsWith("/"));
      return true;
    }
    if (invocation.terminal().output()) {
      throw new UsageError("refusing to write a tar to a terminal: redirect the output");
    }
    copy.toStream(id, from, invocation.output());
    return false;
  }

  /// Copies into a container.
  ///
  /// @param from a path of the caller's, or `-` for a tar on standard input
  /// @return whether files were read
  public boolean in(
      ContainerFiles files, ContainerId id, String from, String to, Invocation invocation) {
    var copy = new CopyIn(files, follow, archive);
    if (from.equals(STREAM)) {
      copy.fromStream(id, invocation.input(), to);
      return false;
    }
    boolean contents = from.endsWith("/.") || from.equals(".");
    copy.fromFolder(id, GlobalOptions.resolve(invocation, from), contents, to);
    return true;
  }
}
