package jcompose.core.engine;

import java.util.List;
import java.util.function.Consumer;

/// What happens on an engine, as it happens.
public interface Events {
  /// Calls the listener, on a thread of the engine's, for each event from now on. The subscription
  /// is in force when this returns.
  ///
  /// @param labels `name` or `name=value` that the event's container must carry; empty for all
  /// @return ends the subscription when closed
  Subscription subscribe(List<String> labels, Consumer<EngineEvent> listener);

  /// A running subscription.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
