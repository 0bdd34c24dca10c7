package jcompose.cli.object;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import jcompose.cli.output.Failures;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;

/// The same done to each of several objects: what was done is printed, and what fails for one is no
/// reason to leave out another.
public final class Each {
  private Each() {}

  /// One after the other; failures are told in between.
  ///
  /// @param action gives what is printed, or an empty text
  /// @return the exit code: 1 when one failed
  public static int inTurn(Session session, List<String> references, UnaryOperator<String> action) {
    int status = ExitStatus.OK;
    for (String reference : references) {
      try {
        print(session, action.apply(reference));
      } catch (EngineException.Unavailable e) {
        throw e; // the next would not be answered either
      } catch (EngineException e) {
        status = ExitStatus.FAILED;
        session.invocation().error().println(Failures.sentence(e));
      }
    }
    return status;
  }

  /// All at once, for what takes its time; told in their order.
  public static int atOnce(Session session, List<String> references, UnaryOperator<String> action)
      throws InterruptedException {
    int status = ExitStatus.OK;
    Thread worker = Thread.currentThread();
    var results = new ArrayList<Future<String>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      references.forEach(it -> results.add(threads.submit(() -> action.apply(it))));
      for (Future<String> result : results) {
        try {
          print(session, result.get());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof EngineException known)) {
            throw e.getCause() instanceof RuntimeException it
                ? it
                : new IllegalStateException(e.getCause());
          }
          status = ExitStatus.FAILED;
          session.invocation().error().println(Failures.sentence(known));
        } catch (InterruptedException e) {
          threads.shutdownNow();
          throw e;
        }
      }
    }
    return status;
  }

  private static void print(Session session, String done) {
    if (!done.isEmpty()) {
      session.invocation().output().println(done);
    }
  }
}
