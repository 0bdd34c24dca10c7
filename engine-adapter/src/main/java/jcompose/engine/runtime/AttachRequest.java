package jcompose.engine.runtime;

/// Which streams a client wants.
public record AttachRequest(boolean stdin, boolean stdout, boolean stderr) {
  public static final AttachRequest OUTPUT = new AttachRequest(false, true, true);
  public static final AttachRequest ALL = new AttachRequest(true, true, true);
}
