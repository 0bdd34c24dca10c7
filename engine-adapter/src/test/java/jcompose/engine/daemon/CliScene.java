package jcompose.engine.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import jcompose.core.testkit.Needs;
import jcompose.engine.local.ScratchRoot;

/// A daemon of its own for a class of tests, and the docker CLI on its socket.
record CliScene(ScratchRoot root, Daemon daemon, DockerShell shell) implements AutoCloseable {
  /// @param folder where scripts run
  /// @throws org.opentest4j.TestAbortedException where it cannot be
  static CliScene open(Path folder) throws IOException {
    Needs.root();
    Path cli = DockerShell.cli();
    var root = new ScratchRoot();
    var settings = DaemonSettings.of(Optional.empty(), Optional.of(root.make()));
    return new CliScene(
        root, Daemon.open(settings), new DockerShell(cli, settings.socket(), folder));
  }

  /// Removes containers that tests left, and checks that nothing else is.
  @Override
  public void close() throws IOException {
    try {
      shell.run("docker rm -fv $(docker ps -aq)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    daemon.close();
    root.removeAndCheckThatNothingIsLeft();
  }
}
