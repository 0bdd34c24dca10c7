package jcompose.core.engine;

import java.util.Objects;

/// Why an engine did not do what it was asked. The message is the engine's own sentence.
public abstract sealed class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private EngineException(String message) {
    super(message);
  }

  private EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }

  /// There is no such container, image, network or volume.
  public static final class NotFound extends EngineException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message);
    }
  }

  /// The request does not fit what is there: a name or port is taken, something is in use.
  public static final class Conflict extends EngineException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }

  /// The request is wrong in itself.
  public static final class Invalid extends EngineException {
    private static final long serialVersionUID = 1L;

    public Invalid(String message) {
      super(message);
    }
  }

  /// The caller may not do this: missing credentials, or no right to the socket.
  public static final class Denied extends EngineException {
    private static final long serialVersionUID = 1L;

    public Denied(String message) {
      super(message);
    }
  }

  /// The engine knows the request and does not support it.
  public static final class Unsupported extends EngineException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String message) {
      super(message);
    }
  }

  /// The engine took the request and failed at it.
  public static final class Failed extends EngineException {
    private static final long serialVersionUID = 1L;

    public Failed(String message) {
      super(message);
    }

    public Failed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The engine did not answer: nothing is known of what it did.
  public static final class Unavailable extends EngineException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
