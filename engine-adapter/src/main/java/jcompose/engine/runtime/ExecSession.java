package jcompose.engine.runtime;

import java.util.concurrent.CompletableFuture;
import jcompose.core.resource.ExitCode;

/// A second program in a container. Its streams are attached from its first byte on; close the
/// session's attachment to let it run on unattended, with its output dropped.
public interface ExecSession {
  String id();

  /// Its process, numbered in this process's PID namespace.
  int pid();

  /// The one attachment that `exec` opened. After a recovery nothing is attached: output is at its
  /// end at once.
  Attachment attachment();

  void resize(TerminalSize size);

  /// @param signal its number, 1 to 64
  void kill(int signal);

  /// Completes when it has ended and its output was handed over; 137 when the container ended under
  /// it.
  CompletableFuture<ExitCode> exit();
}
