package jcompose.cli.object;

import java.util.List;
import java.util.function.Function;
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
  public static int inTurn(
      Session session, List<String> references, Function<String, String> action) {
    var invocation = session.invocation();
    int status = ExitStatus.OK;
    for (String reference : references) {
      try {
        String done = action.apply(reference);
        if (!done.isEmpty()) {
          invocation.output().println(done);
        }
      } catch (EngineException.Unavailable e) {
        throw e; // the next would not be answered either
      } catch (EngineException e) {
        status = ExitStatus.FAILED;
        invocation.error().println(Failures.sentence(e));
      }
    }
    return status;
  }
}
