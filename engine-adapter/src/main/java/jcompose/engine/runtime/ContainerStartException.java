package jcompose.engine.runtime;

import jcompose.core.resource.ExitCode;

/// A container or exec session could not be started. The message is in Docker's words.
public final class ContainerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public ContainerStartException(String message, ExitCode exitCode) {
    super(message);
    this.exitCode = exitCode.value();
  }

  public ContainerStartException(String message, ExitCode exitCode, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode.value();
  }

  /// What Docker reports for it: 127 not found, 126 not executable, 128 otherwise.
  public ExitCode exitCode() {
    return new ExitCode(exitCode);
  }
}
