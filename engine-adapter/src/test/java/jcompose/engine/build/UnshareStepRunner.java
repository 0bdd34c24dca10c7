package jcompose.engine.build;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.MountSpec;

/// Runs steps with unshare(1), mount(8) and chroot(8): enough to test the builder apart from the
/// container runtime. Users are numbers only; networks are not looked at.
final class UnshareStepRunner implements StepRunner {
  final List<Step> ran = new ArrayList<>();

  @Override
  public ExitCode run(Step step, OutputStream output) throws InterruptedException {
    synchronized (ran) {
      ran.add(step);
    }
    try {
      Path root = Files.createTempDirectory("jcompose-step-");
      try {
        return run(step, root, output);
      } finally {
        Files.delete(root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExitCode run(Step step, Path root, OutputStream output)
      throws IOException, InterruptedException {
    var script = new StringBuilder("set -e\n");
    var layout = step.root();
    script
        .append("mount -t overlay overlay -o lowerdir=")
        .append(layout.lowers().stream().map(Path::toString).collect(Collectors.joining(":")))
        .append(",upperdir=")
        .append(layout.upper())
        .append(",workdir=")
        .append(layout.work())
        .append(' ')
        .append(root)
        .append("\ncd ")
        .append(root)
        .append('\n');
    for (MountSpec mount : step.mounts()) {
      switch (mount) {
        case MountSpec.Bind bind -> {
          String target = root + bind.target();
          if (Files.isDirectory(Path.of(bind.source()))) {
            script.append("mkdir -p ").append(target).append('\n');
          } else {
            script.append("mkdir -p $(dirname ").append(target).append("); : > ").append(target);
            script.append('\n');
          }
          script.append("mount --bind ").append(bind.source()).append(' ').append(target);
          script.append('\n');
          if (bind.readOnly()) {
            script.append("mount -o remount,ro,bind ").append(target).append('\n');
          }
        }
        case MountSpec.Tmpfs tmpfs ->
            script
                .append("mkdir -p " + root + tmpfs.target() + "; mount -t tmpfs t ")
                .append(root + tmpfs.target() + "\n");
        default -> throw new IllegalArgumentException("not used by builds: " + mount);
      }
    }
    script.append("exec chroot --userspec=").append(step.user().orElse("0:0")).append(' ');
    script.append(root).append(" /bin/busybox env -i ");
    script.append("\"$@\"\n");
    var command =
        new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script.toString(), "sh"));
    command.addAll(step.environment());
    command.addAll(List.of("/bin/busybox", "sh", "-c", "cd \"$0\" && exec \"$@\""));
    command.add(step.workingDirectory());
    command.addAll(step.arguments());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getInputStream().transferTo(output);
      return new ExitCode(process.waitFor());
    } catch (InterruptedException e) {
      process.destroyForcibly().waitFor();
      throw e;
    }
  }
}
