package jcompose.engine.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import jcompose.core.engine.TransferListener;

/// Makes one text of stages that run at the same time: the first that has not ended writes at once,
/// the others' texts wait for their turn.
final class OrderedOutput {
  private final BuildOutput out;
  private final boolean quiet;
  private final List<Integer> order;
  private final Map<Integer, StringBuilder> waiting = new HashMap<>();
  private int first; // in order: who writes at once
  private final List<Integer> ended = new ArrayList<>();

  OrderedOutput(BuildOutput out, SortedSet<Integer> stages, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
    this.order = List.copyOf(stages);
  }

  /// What one stage writes through.
  interface StageOutput {
    void text(String text);

    void event(BuildEvent event);

    TransferListener transfers();
  }

  StageOutput of(int stage) {
    return new StageOutput() {
      @Override
      public void text(String text) {
        write(stage, text);
      }

      @Override
      public void event(BuildEvent event) {
        synchronized (OrderedOutput.this) {
          out.event(event);
        }
      }

      @Override
      public TransferListener transfers() {
        TransferListener listener = out.transfers();
        return (part, message, current, total) -> {
          synchronized (OrderedOutput.this) {
            listener.progress(part, message, current, total);
          }
        };
      }
    };
  }

  private synchronized void write(int stage, String text) {
    if (quiet) {
      return;
    }
    if (first >= order.size() || order.get(first) == stage) {
      out.text(text);
    } else {
      waiting.computeIfAbsent(stage, _ -> new StringBuilder()).append(text);
    }
  }

  /// The stage has written its last.
  synchronized void end(int stage) {
    ended.add(stage);
    while (first < order.size() && ended.contains(order.get(first))) {
      first++;
      if (first < order.size()) {
        StringBuilder text = waiting.remove(order.get(first));
        if (text != null) {
          out.text(text.toString());
        }
      }
    }
  }

  /// A stage failed: what it wrote is worth more than order.
  synchronized void fail(int stage) {
    StringBuilder text = waiting.remove(stage);
    if (text != null) {
      out.text(text.toString());
    }
  }
}
