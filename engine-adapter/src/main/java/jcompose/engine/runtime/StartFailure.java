package jcompose.engine.runtime;

import java.util.List;
import jcompose.core.resource.ExitCode;
import jcompose.engine.host.Errors;

/// Words a failure of a setup step as Docker does, whose clients match on it.
final class StartFailure {
  private StartFailure() {}

  /// @param steps every step that was sent, in order
  /// @param index of the step that failed; -1 for what comes before the first
  /// @param what the monitor's own word for that
  static ContainerStartException of(
      List<SetupStep> steps, int index, int errno, String what, boolean exec) {
    String error = Errors.message(errno);
    String prefix =
        exec
            ? "OCI runtime exec failed: exec failed: "
            : "failed to create task for container: failed to create shim task: OCI runtime create"
                + " failed: ";
    String reason;
    int code = 128;
    if (index < 0 || index >= steps.size()) {
      reason = "error during container init: " + what + ": " + error;
    } else {
      SetupStep step = steps.get(index);
      if (step.name().equals("execute")) {
        int before = Integer.parseInt(step.text(0)) + Integer.parseInt(step.text(1));
        String program = step.text(2 + before);
        code = errno == Errors.ENOENT || errno == Errors.ENOTDIR ? 127 : 126;
        reason = "exec: \"" + program + "\": " + executeError(program, errno, error);
      } else if (step.name().equals("working-directory")) {
        code = 126;
        reason =
            (exec ? "" : "error during container init: ")
                + "chdir to cwd (\""
                + step.text(0)
                + "\") set in config.json failed: "
                + error;
      } else if (step.name().equals("directory") && errno == Errors.ENOTDIR) {
        return new ContainerStartException(
            "Cannot mkdir: " + step.text(0) + " is not a directory", new ExitCode(code));
      } else if (step.name().equals("prlimit")) {
        reason =
            "error during container init: error setting rlimits for ready process: error setting"
                + " rlimit type "
                + step.text(1)
                + ": "
                + error;
      } else {
        reason =
            "error during container init: step " + index + ": " + step.describe() + ": " + error;
      }
    }
    return new ContainerStartException(
        prefix + "unable to start container process: " + reason + ": unknown", new ExitCode(code));
  }

  /// The container ended while the program was on its way into it.
  static ContainerStartException ended() {
    return new ContainerStartException(
        "OCI runtime exec failed: exec failed: cannot exec in a stopped container: unknown",
        new ExitCode(128));
  }

  private static String executeError(String program, int errno, String error) {
    if (errno == Errors.ENOENT || errno == Errors.ENOTDIR) {
      return program.contains("/")
          ? "stat " + program + ": " + error
          : "executable file not found in $PATH";
    }
    return error;
  }

  static ContainerStartException of(String message, Throwable cause) {
    return new ContainerStartException(message, new ExitCode(128), cause);
  }

  static ContainerStartException steps(List<SetupStep> steps, MonitorMessage failed, boolean exec) {
    return of(steps, (int) failed.number(1), (int) failed.number(2), failed.field(3), exec);
  }
}
