package jcompose.engine.build;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.MountSpec;

/// Runs the process of a RUN instruction, isolated as a container is.
@FunctionalInterface
public interface StepRunner {
  /// Mounts the root, runs the process to its end and unmounts again; nothing of it is left but
  /// what it wrote below [Root#upper]. Files that isolation puts into the tree (resolv.conf, mount
  /// points) must not show there. An interrupt kills the process.
  ///
  /// @param output gets standard output and standard error as they come; not closed
  /// @return the process's code; 127 or 126 when the executable is missing or cannot be run
  /// @throws jcompose.core.engine.EngineException.Failed when the process could not be set up
  ExitCode run(Step step, OutputStream output) throws InterruptedException;

  /// What to run and where.
  ///
  /// @param id 64 lower-case hex digits, new for each step
  /// @param environment `NAME=value`
  /// @param workingDirectory absolute; exists in the root
  /// @param user `name|uid[:group|gid]`, resolved in the root; absent for root
  /// @param networkMode `default`, `none` or `host`
  /// @param extraHosts `name:address`
  record Step(
      String id,
      Root root,
      List<String> arguments,
      List<String> environment,
      String workingDirectory,
      Optional<String> user,
      String networkMode,
      List<String> extraHosts,
      Optional<Long> shmSizeBytes,
      List<MountSpec> mounts) {
    public Step {
      arguments = List.copyOf(arguments);
      environment = List.copyOf(environment);
      extraHosts = List.copyOf(extraHosts);
      mounts = List.copyOf(mounts);
    }
  }

  /// An overlay's parts, all existing folders.
  ///
  /// @param lowers topmost first; may be empty: then `upper` alone is the tree
  /// @param upper takes the changes
  /// @param work overlayfs's own, empty, on the file system of `upper`
  record Root(List<Path> lowers, Path upper, Path work) {
    public Root {
      lowers = List.copyOf(lowers);
    }
  }
}
