package jcompose.engine.runtime;

import java.util.Optional;
import jcompose.core.resource.ContainerId;

/// A container on the brink of running its program.
public interface CreatedContainer {
  ContainerId id();

  /// Its first process, numbered in this process's PID namespace. `/proc/PID/ns/net` is the
  /// container's network namespace already.
  int pid();

  /// Attaches before anything runs, so that not a byte of output is missed.
  Attachment attach(AttachRequest request);

  /// Waits until the set-up is done, lets the program run and returns once `execve` has succeeded.
  ///
  /// @throws ContainerStartException when a set-up step or `execve` failed; nothing of the
  ///   container is left then but its log file
  RunningContainer start();

  /// Why its set-up has come to an end before [#start], if it has: what else fails with the
  /// container then fails for that.
  Optional<ContainerStartException> failure();

  /// Gives up instead of starting: ends the process and the monitor.
  void abandon();
}
