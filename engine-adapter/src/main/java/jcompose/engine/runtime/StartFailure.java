package jcompose.engine.runtime;

import java.util.List;
import jcompose.core.resource.ExitCode;
import jcompose.engine.host.Errors;

/// Words a failure of a setup step as Docker does, whose clients match on it.
final class StartFailure {
  private static final String CREATE =
      "failed to create task for container: failed to create shim task: OCI runtime create failed:"
          + " runc create failed: ";
  private static final String INIT = "error during container init: ";

  private StartFailure() {}

  /// @param steps every step that was sent, in order
  /// @param exec whether it is an exec session's
  static ContainerStartException steps(List<SetupStep> steps, MonitorMessage failed, boolean exec) {
    return of(steps, (int) failed.number(1), (int) failed.number(2), failed.field(3), exec);
  }

  /// @param index of the step that failed; -1 for what comes before the first
  /// @param what the monitor's own word for that
  private static ContainerStartException of(
      List<SetupStep> steps, int index, int errno, String what, boolean exec) {
    if (index < 0 || index >= steps.size()) {
      return of(INIT + what + ": " + Errors.message(errno), exec);
    }
    SetupStep step = steps.get(index);
    if (step.name().equals("directory") && errno == Errors.ENOTDIR) {
      return new ContainerStartException(
          "Cannot mkdir: " + step.text(0) + " is not a directory", new ExitCode(128));
    }
    return of(reason(step, index, errno, exec), exec);
  }

  private static String reason(SetupStep step, int index, int errno, boolean exec) {
    String error = Errors.message(errno);
    return switch (step.name()) {
      case "execute" -> {
        int before = Integer.parseInt(step.text(0)) + Integer.parseInt(step.text(1));
        String program = step.text(2 + before);
        yield "exec: \"" + program + "\": " + executeError(program, errno, error);
      }
      case "working-directory" ->
          (exec ? "" : INIT)
              + "chdir to cwd (\""
              + step.text(0)
              + "\") set in config.json failed: "
              + error;
      case "prlimit" ->
          INIT
              + "error setting rlimits for ready process: error setting rlimit type "
              + step.text(1)
              + ": "
              + error;
      case "bind" ->
          mount(
              step.text(0),
              step.text(1),
              ", flags: 0x%x"
                  .formatted(
                      MountFlags.BIND | (step.text(2).equals("1") ? MountFlags.RECURSIVE : 0)),
              error);
      case "mount" -> {
        List<String> options =
            step.arguments().stream()
                .skip(3)
                .map(SetupStep.Argument::describe)
                .filter(it -> !it.startsWith("source="))
                .toList();
        yield mount(
            step.text(0),
            step.text(1),
            ", flags: 0x%x%s"
                .formatted(
                    Long.parseLong(step.text(2)),
                    options.isEmpty() ? "" : ", data: " + String.join(",", options)),
            error);
      }
      case "write" ->
          INIT
              + (errno == Errors.ENOENT || errno == Errors.EACCES ? "open " : "write ")
              + step.text(0)
              + ": "
              + error;
      default -> INIT + "step " + index + ": " + step.describe() + ": " + error;
    };
  }

  private static String mount(String source, String target, String how, String error) {
    return mounting(source, target, "mount " + source + ":" + target + how + ": " + error);
  }

  private static String mounting(String source, String target, String error) {
    return INIT + "error mounting \"" + source + "\" to rootfs at \"" + target + "\": " + error;
  }

  private static String executeError(String program, int errno, String error) {
    if (errno == Errors.ENOENT || errno == Errors.ENOTDIR) {
      return program.contains("/")
          ? "stat " + program + ": " + error
          : "executable file not found in $PATH";
    }
    return error;
  }

  /// What is refused before anything is tried.
  static ContainerStartException refused(String why) {
    return new ContainerStartException(CREATE + why + ": unknown", new ExitCode(128));
  }

  /// A mount that is refused before it is tried.
  static ContainerStartException refusedMount(String source, String target, String why) {
    return of(mounting(source, target, why), false);
  }

  /// The code is the one that Docker's daemon reads from the words.
  private static ContainerStartException of(String reason, boolean exec) {
    String text =
        (exec ? "OCI runtime exec failed: exec failed: " : CREATE)
            + "unable to start container process: "
            + reason
            + ": unknown";
    if (reason.contains("executable file not found") || reason.contains("no such file")) {
      return new ContainerStartException(text, new ExitCode(127));
    }
    if (reason.contains("not a directory")) {
      return new ContainerStartException(
          text
              + ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the"
              + " specified host path exists and is the expected type",
          new ExitCode(126));
    }
    return new ContainerStartException(
        text, new ExitCode(reason.contains("permission denied") ? 126 : 128));
  }

  /// The container ended while the program was on its way into it.
  static ContainerStartException ended() {
    return new ContainerStartException(
        "OCI runtime exec failed: exec failed: cannot exec in a stopped container: unknown",
        new ExitCode(128));
  }

  static ContainerStartException of(String message, Throwable cause) {
    return new ContainerStartException(message, new ExitCode(128), cause);
  }
}
