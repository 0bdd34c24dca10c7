package jcompose.engine.build;

import java.util.Optional;
import jcompose.core.source.Diagnostic;

/// A Dockerfile is wrong or one of its instructions failed.
public final class BuildException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Diagnostic> diagnostic;
  private final int exitCode;

  private BuildException(String message, Optional<Diagnostic> diagnostic, int exitCode) {
    super(message);
    this.diagnostic = diagnostic;
    this.exitCode = exitCode;
  }

  /// The message is the diagnostic's sentence, in Docker's words where it has some.
  public static BuildException at(Diagnostic diagnostic) {
    return new BuildException(diagnostic.message(), Optional.of(diagnostic), 0);
  }

  /// A command ended with another code than zero.
  public static BuildException exited(Diagnostic diagnostic, int exitCode) {
    return new BuildException(diagnostic.message(), Optional.of(diagnostic), exitCode);
  }

  /// A failure that no line of the Dockerfile causes.
  public static BuildException of(String message) {
    return new BuildException(message, Optional.empty(), 0);
  }

  /// Where in the Dockerfile, with the line and a caret; absent when no line is to blame.
  public Optional<Diagnostic> diagnostic() {
    return diagnostic;
  }

  /// What the failing command returned; 0 when the failure is another one. The API's `errorDetail`
  /// carries it as `code`.
  public int exitCode() {
    return exitCode;
  }
}
