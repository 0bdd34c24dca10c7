package jcompose.cli.output;

import java.io.PrintStream;
import java.util.List;
import jcompose.core.planning.Plan;

/// Prints plans for `--dry-run`.
public final class PlanPrinter {
  private PlanPrinter() {}

  /// One plan after the other; says so when there is nothing to do.
  public static void print(List<Plan> plans, PrintStream out, PrintStream err) {
    boolean empty = true;
    for (Plan plan : plans) {
      plan.warnings().forEach(it -> err.println("WARN " + it));
      out.print(plan.describe());
      empty &= plan.isEmpty();
    }
    if (empty) {
      out.println("nothing to do");
    }
  }
}
