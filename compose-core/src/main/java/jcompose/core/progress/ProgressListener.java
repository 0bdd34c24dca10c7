package jcompose.core.progress;

/// Takes progress events, from any thread.
@FunctionalInterface
public interface ProgressListener {
  void on(ProgressEvent event);
}
