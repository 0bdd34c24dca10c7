package jcompose.engine.build;

import java.util.HashMap;
import java.util.Map;
import jcompose.engine.dockerfile.BuildGraph;

/// `Step 3/9`: numbers the instructions that the target needs, in the order of the file, whatever
/// order they run in.
///
/// @param first number of each needed stage's FROM
record StepNumbers(Map<Integer, Integer> first, int total) {
  /// @param labels whether a LABEL that the request asks for comes last
  static StepNumbers of(BuildGraph graph, boolean labels) {
    var first = new HashMap<Integer, Integer>();
    int next = graph.globals().size() + 1;
    for (int stage : graph.needed()) {
      first.put(stage, next);
      next += 1 + graph.stages().get(stage).instructions().size();
    }
    return new StepNumbers(first, next - 1 + (labels ? 1 : 0));
  }

  int firstOf(int stage) {
    return first.getOrDefault(stage, 1);
  }

  String line(int step, String text) {
    return "Step " + step + "/" + total + " : " + text + "\n";
  }
}
