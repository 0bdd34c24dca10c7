package jcompose.core.usecase;

import java.util.List;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.LogRequest;
import jcompose.core.planning.Replica;
import jcompose.core.usecase.LogConsumer.Source;

/// Shows what containers have printed.
public final class Logs {
  private final Engine engine;

  public Logs(Engine engine) {
    this.engine = engine;
  }

  /// `web-1`, or the whole name where the project's pattern does not fit.
  public static Source source(Replica replica) {
    String name = replica.summary().name().value();
    String prefix = replica.summary().labels().getOrDefault(ComposeLabels.PROJECT, "") + "-";
    return new Source(
        name.startsWith(prefix) ? name.substring(prefix.length()) : name, replica.service());
  }

  /// Prints the logs, one container after the other.
  public void read(List<Replica> replicas, LogRequest request, LogConsumer consumer) {
    replicas.forEach(it -> consumer.announce(source(it)));
    for (Replica replica : replicas) {
      var lines = new LineSplitter(consumer, source(replica));
      try {
        engine.containers().logs(replica.id(), request, lines);
      } catch (EngineException.NotFound e) {
        continue; // removed meanwhile
      }
      lines.finish();
    }
  }
}
