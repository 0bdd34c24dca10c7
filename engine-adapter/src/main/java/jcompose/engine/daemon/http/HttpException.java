package jcompose.engine.daemon.http;

/// A request that cannot be answered as asked; the server answers with the status and closes the
/// connection when the request's end is not known.
public final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  public HttpException(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
