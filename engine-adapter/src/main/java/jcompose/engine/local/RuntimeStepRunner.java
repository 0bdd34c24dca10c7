package jcompose.engine.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExitCode;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.NameResolution;
import jcompose.core.resource.ResourceLimits;
import jcompose.engine.build.StepRunner;
import jcompose.engine.network.Attachment;
import jcompose.engine.network.AttachmentSpec;
import jcompose.engine.network.NameFiles;
import jcompose.engine.runtime.AttachRequest;
import jcompose.engine.runtime.ContainerStartException;
import jcompose.engine.runtime.CreatedContainer;
import jcompose.engine.runtime.Namespaces;
import jcompose.engine.runtime.Namespaces.Source;
import jcompose.engine.runtime.Output;
import jcompose.engine.runtime.RunningContainer;
import jcompose.engine.runtime.RuntimeMount;
import jcompose.engine.runtime.RuntimeProcess;
import jcompose.engine.runtime.RuntimeSpec;
import jcompose.engine.snapshot.OverlayLayout;
import org.jspecify.annotations.Nullable;

/// Runs build steps as containers that nobody sees.
final class RuntimeStepRunner implements StepRunner {
  private static final int SIGKILL = 9;

  private final Parts parts;

  RuntimeStepRunner(Parts parts) {
    this.parts = parts;
  }

  @Override
  public ExitCode run(Step step, OutputStream output) throws InterruptedException {
    var id = new ContainerId(step.id());
    Path files = parts.files().folder(id);
    var traces = MountTraces.before(step.root());
    boolean networked = !step.networkMode().equals("none") && !step.networkMode().equals("host");
    try {
      Attachment attachment = networked ? parts.networks().reserve(attachment(id, step)) : null;
      writeNameFiles(id, step, attachment);
      CreatedContainer created = parts.runtime().create(spec(id, step));
      try {
        if (networked) {
          parts.networks().connect(id, Path.of("/proc/" + created.pid() + "/ns/net"));
        }
      } catch (RuntimeException e) {
        created.abandon();
        throw e;
      }
      return runToEnd(created, output);
    } catch (ContainerStartException e) {
      byte[] text = (e.getMessage() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
      write(output, text, 0, text.length);
      return e.exitCode();
    } catch (IOException e) {
      throw new EngineException.Failed("cannot prepare a build step in " + files, e);
    } finally {
      parts.networks().release(id);
      parts.runtime().remove(id);
      parts.files().remove(id);
      traces.remove();
    }
  }

  private static ExitCode runToEnd(CreatedContainer created, OutputStream output)
      throws InterruptedException {
    try (var attached = created.attach(AttachRequest.OUTPUT)) {
      RunningContainer process = created.start();
      var reader =
          Thread.ofVirtual()
              .name("build step output")
              .start(
                  () ->
                      attached.forwardTo(
                          (_, bytes, from, length) -> write(output, bytes, from, length)));
      try {
        var status = process.exit().get();
        reader.join();
        return status.code();
      } catch (InterruptedException e) {
        process.kill(SIGKILL);
        throw e;
      } catch (ExecutionException e) {
        throw new EngineException.Failed("a build step was lost: " + e.getCause(), e);
      }
    }
  }

  private static void write(OutputStream output, byte[] bytes, int from, int length) {
    try {
      output.write(bytes, from, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AttachmentSpec attachment(ContainerId id, Step step) {
    Map<String, EndpointSpec> networks = new LinkedHashMap<>();
    String mode = step.networkMode();
    networks.put(mode.isEmpty() || mode.equals("default") ? "bridge" : mode, EndpointSpec.DEFAULT);
    return new AttachmentSpec(
        id,
        new ContainerName("build-" + id.shortId()),
        id.shortId(),
        networks,
        List.of(),
        names(step));
  }

  private static NameResolution names(Step step) {
    return new NameResolution(List.of(), List.of(), List.of(), step.extraHosts());
  }

  private void writeNameFiles(ContainerId id, Step step, @Nullable Attachment attachment)
      throws IOException {
    var files = parts.files();
    Files.createDirectories(files.folder(id));
    files.writeText(files.hostname(id), NameFiles.hostname(id.shortId()));
    files.writeText(
        files.hosts(id),
        NameFiles.hosts(
            Optional.ofNullable(attachment),
            id.shortId(),
            Optional.empty(),
            names(step),
            "127.0.0.1"));
    boolean embedded =
        attachment != null
            && attachment.endpoints().stream().anyMatch(it -> !it.networkName().equals("bridge"));
    Path host = Path.of("/etc/resolv.conf");
    List<String> lines = Files.exists(host) ? Files.readAllLines(host) : List.of();
    files.writeText(files.resolvConf(id), NameFiles.resolvConf(embedded, names(step), lines));
  }

  private RuntimeSpec spec(ContainerId id, Step step) {
    var files = parts.files();
    List<RuntimeMount> mounts = new ArrayList<>();
    mounts.add(RuntimeMount.Bind.of(files.resolvConf(id), "/etc/resolv.conf", false));
    mounts.add(RuntimeMount.Bind.of(files.hostname(id), "/etc/hostname", false));
    mounts.add(RuntimeMount.Bind.of(files.hosts(id), "/etc/hosts", false));
    for (MountSpec mount : step.mounts()) {
      mounts.add(mount(mount));
    }
    Source network = step.networkMode().equals("host") ? Source.HOST : Source.OWN;
    return new RuntimeSpec(
        id,
        root(step.root()),
        new RuntimeProcess(
            step.arguments(),
            step.environment(),
            step.workingDirectory(),
            step.user().orElse(""),
            false,
            false,
            false,
            Optional.empty()),
        mounts,
        new Namespaces(Source.OWN, Source.OWN, network, Source.OWN, Source.OWN),
        id.shortId(),
        "",
        IsolationSpec.builder().shmSizeBytes(step.shmSizeBytes()).build(),
        ResourceLimits.NONE,
        new Output.Discarded());
  }

  private static RuntimeMount mount(MountSpec mount) {
    return switch (mount) {
      case MountSpec.Bind bind ->
          RuntimeMount.Bind.of(Path.of(bind.source()), bind.target(), bind.readOnly());
      case MountSpec.Tmpfs tmpfs ->
          new RuntimeMount.Tmpfs(tmpfs.target(), tmpfs.sizeBytes().map(it -> "size=" + it));
      default -> throw new EngineException.Unsupported("a build step cannot mount " + mount);
    };
  }

  /// Lower folders relative to the deepest folder that holds them all.
  private static OverlayLayout root(Root root) {
    Path base = root.upper().getParent();
    for (Path lower : root.lowers()) {
      while (base != null && !lower.startsWith(base)) {
        base = base.getParent();
      }
    }
    Path common = base == null ? Path.of("/") : base;
    return new OverlayLayout(
        common,
        root.lowers().stream().map(it -> common.relativize(it).toString()).toList(),
        root.upper(),
        root.work());
  }

  /// The empty files and folders that mounting leaves in a tree.
  private record MountTraces(Root root, List<String> absent) {
    private static final List<String> PLACES =
        List.of("etc/resolv.conf", "etc/hostname", "etc/hosts", "etc", "proc", "sys", "dev");

    /// Notes what is not there before the mounts are made.
    static MountTraces before(Root root) {
      return new MountTraces(
          root, PLACES.stream().filter(it -> !exists(root.upper().resolve(it))).toList());
    }

    private static boolean exists(Path path) {
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /// Takes away what is empty and was not there: a folder that overlayfs copied up goes too, as
    /// nothing in it changed.
    void remove() {
      for (String place : absent) {
        Path path = root.upper().resolve(place);
        try {
          if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (var entries = Files.list(path)) {
              if (entries.findAny().isPresent()) {
                continue;
              }
            }
            Files.delete(path);
          } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
              && Files.size(path) == 0) {
            Files.delete(path);
          }
        } catch (IOException e) {
          throw new EngineException.Failed("cannot clean up after a build step: " + path, e);
        }
      }
    }
  }
}
