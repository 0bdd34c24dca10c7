package jcompose.engine.dockerfile;

import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceRange;

/// A Dockerfile is wrong. The message is Docker's sentence, the diagnostic shows the line.
public final class DockerfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  public DockerfileException(Diagnostic diagnostic) {
    super(diagnostic.message());
    this.diagnostic = diagnostic;
  }

  DockerfileException(String code, SourceRange range, String message, String... hints) {
    this(Diagnostic.error(code, range, message, hints));
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
