package jcompose.engine.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ResourceLimits;

/// A container whose program was started. Usable after it ended as well: then `exit` is complete,
/// and what needs a process throws [jcompose.core.engine.EngineException.Conflict].
public interface RunningContainer {
  ContainerId id();

  /// The first process, numbered in this process's PID namespace.
  int pid();

  Instant startedAt();

  /// Completes once the first process has ended, every other process of the container is gone and
  /// its output is in the log. Fails with [jcompose.core.engine.EngineException.Unavailable] when
  /// the monitor was lost.
  CompletableFuture<ExitStatus> exit();

  /// Sends a signal to the first process.
  ///
  /// @param signal its number, 1 to 64
  void kill(int signal);

  /// Freezes all processes by cgroup; returns once they stand still.
  void pause();

  void unpause();

  boolean paused();

  /// Sets the size of the terminal; nothing happens without one.
  void resize(TerminalSize size);

  /// Gets the output from now on, and a way to write to standard input. Many may be attached at
  /// once.
  Attachment attach(AttachRequest request);

  /// Runs a second program in the container's namespaces.
  ///
  /// @throws ContainerStartException when the program cannot be started
  ExecSession exec(ExecSpec spec);

  /// The exec session with this id, if it is running; also after a recovery.
  Optional<ExecSession> execSession(String id);

  /// Changes limits in place; an absent one stays as it is.
  void update(ResourceLimits limits);

  ContainerStats stats();

  /// Ids of all processes in the container, in this process's PID namespace.
  List<Integer> processes();
}
