package jcompose.core.engine;

import java.util.Optional;

/// Told how a pull, push or build goes on. Calls come one at a time.
public interface TransferListener {
  TransferListener SILENT = (part, message, current, total) -> {};

  /// @param part the layer's short id, or empty for the whole
  /// @param message a status such as `Downloading`, or a line of a builder's output without its end
  ///   of line
  /// @param current bytes done so far, where they are counted
  void progress(String part, String message, Optional<Long> current, Optional<Long> total);
}
