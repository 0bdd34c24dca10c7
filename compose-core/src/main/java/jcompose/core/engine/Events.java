package jcompose.core.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What happens on an engine, as it happens.
public interface Events {
  /// Calls the listener, on a thread of the engine's, for each event from now on. The subscription
  /// is in force when this returns.
  ///
  /// @param labels `name` or `name=value` that the event's container must carry; empty for all
  /// @return ends the subscription when closed
  Subscription subscribe(List<String> labels, Consumer<EngineEvent> listener);

  /// Reads events to a point in time, those first that the engine remembers from another on.
  /// Returns when that is reached or the engine ends the stream; an interrupt of the thread ends it
  /// early.
  ///
  /// @param since absent for from now on
  /// @param until absent for no end
  void read(
      List<String> labels,
      Optional<Instant> since,
      Optional<Instant> until,
      Consumer<EngineEvent> listener);

  /// A running subscription.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
