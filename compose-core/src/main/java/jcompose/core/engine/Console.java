package jcompose.core.engine;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/// The caller's end of a program's streams.
///
/// @param input read to its end, which the program sees too; absent for none. It may still be read
///   from when the program has ended.
/// @param output with a terminal all of it is standard output
/// @param connected called once when the streams are connected, with what tells the program's
///   terminal its size
public record Console(Optional<InputStream> input, LogSink output, Consumer<WindowSize> connected) {

  /// Sets the size of a program's terminal. Too late or without a terminal it does nothing.
  @FunctionalInterface
  public interface WindowSize {
    /// In characters.
    void set(int columns, int rows);
  }

  /// Takes output alone.
  public static Console of(LogSink output) {
    return new Console(Optional.empty(), output, _ -> {});
  }
}
