package jcompose.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import org.jspecify.annotations.Nullable;

/// Hands a pull's or push's progress to a listener and keeps what went wrong.
final class TransferCallback<T extends ResponseItem> extends ResultCallback.Adapter<T> {
  private final TransferListener listener;
  private volatile @Nullable String error;
  private volatile @Nullable Throwable failure;

  TransferCallback(TransferListener listener) {
    this.listener = listener;
  }

  @Override
  public void onNext(T item) {
    var detail = item.getErrorDetail();
    if (detail != null && detail.getMessage() != null) {
      error = detail.getMessage();
      return;
    }
    var progress = item.getProgressDetail();
    String status = item.getStatus();
    if (status != null) {
      listener.progress(
          Optional.ofNullable(item.getId()).orElse(""),
          status,
          Optional.ofNullable(progress == null ? null : progress.getCurrent()),
          Optional.ofNullable(progress == null ? null : progress.getTotal()));
    }
  }

  @Override
  public void onError(Throwable throwable) {
    failure = throwable;
    super.onError(throwable);
  }

  /// Waits for the end of the transfer.
  ///
  /// @param what for the message of an interrupt
  void await(String what) {
    try {
      awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted while " + what, e);
    } catch (RuntimeException e) {
      if (failure == null) {
        throw e;
      }
    }
    if (failure instanceof EngineException e) {
      throw e;
    }
    if (failure != null) {
      throw new EngineException.Unavailable(
          "the daemon's answer broke off while " + what + ": " + failure.getMessage(), failure);
    }
    if (error != null) {
      throw EngineErrors.pulling(error);
    }
  }
}
