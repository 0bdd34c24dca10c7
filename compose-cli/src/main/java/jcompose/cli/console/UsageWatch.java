package jcompose.cli.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import jcompose.cli.output.RowFormat;
import jcompose.cli.output.RowTemplate;
import jcompose.cli.output.UsageRows;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;
import jcompose.core.resource.ContainerUsage;

/// What containers use, printed every second: on a terminal from the top.
public final class UsageWatch {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final String FROM_THE_TOP = "\u001b[2J\u001b[H";

  private final Session session;
  private final RowFormat printed;
  private final boolean whole;

  /// @param format `table`, `table TEMPLATE`, `json` or a template
  /// @param whole ids as they are
  public UsageWatch(Session session, String format, boolean whole) {
    this.session = session;
    this.printed = new RowFormat(format, UsageRows.TABLE, UsageRows.TITLES);
    this.whole = whole;
  }

  /// @param containers asked each time
  /// @param once prints a single time
  public void run(Supplier<List<ContainerSummary>> containers, boolean once)
      throws InterruptedException {
    var out = session.invocation().output();
    boolean terminal = session.invocation().terminal().output();
    Thread worker = Thread.currentThread();
    try (var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      Map<ContainerId, ContainerUsage> before = usages(containers.get());
      do {
        Thread.sleep(PERIOD);
        List<ContainerSummary> listed = containers.get();
        Map<ContainerId, ContainerUsage> now = usages(listed);
        if (terminal && !once) {
          out.print(FROM_THE_TOP);
        }
        printed.print(rows(listed, before, now), UsageRows.NAMES, out);
        out.flush();
        before = now;
      } while (!once);
    }
  }

  private Map<ContainerId, ContainerUsage> usages(List<ContainerSummary> containers) {
    var usages = new ConcurrentHashMap<ContainerId, ContainerUsage>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ContainerSummary container : containers) {
        threads.execute(() -> usage(container).ifPresent(it -> usages.put(container.id(), it)));
      }
    }
    return new HashMap<>(usages);
  }

  private Optional<ContainerUsage> usage(ContainerSummary container) {
    try {
      return container.state() == ContainerState.RUNNING
              || container.state() == ContainerState.PAUSED
          ? Optional.of(session.engine().containers().usage(container.id()))
          : Optional.empty();
    } catch (EngineException.NotFound e) {
      return Optional.empty(); // it was removed since it was listed
    }
  }

  private List<RowTemplate.Row> rows(
      List<ContainerSummary> containers,
      Map<ContainerId, ContainerUsage> before,
      Map<ContainerId, ContainerUsage> now) {
    var rows = new ArrayList<RowTemplate.Row>();
    for (ContainerSummary container : containers) {
      rows.add(
          UsageRows.of(
              container,
              Optional.ofNullable(before.get(container.id())),
              Optional.ofNullable(now.get(container.id()))
                  .filter(it -> !it.equals(ContainerUsage.NONE)),
              !whole));
    }
    return rows;
  }
}
