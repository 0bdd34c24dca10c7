package jcompose.core.planning;

/// What was asked for cannot be reached from what is there; the message says why and what to do.
public final class PlanRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PlanRefused(String message) {
    super(message);
  }
}
