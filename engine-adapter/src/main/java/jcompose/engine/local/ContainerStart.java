package jcompose.engine.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.PortBinding;
import jcompose.engine.network.Attachment;
import jcompose.engine.network.AttachmentSpec;
import jcompose.engine.network.NameFiles;
import jcompose.engine.oci.DiffId;
import jcompose.engine.runtime.CreatedContainer;
import jcompose.engine.runtime.RunningContainer;
import jcompose.engine.runtime.RuntimeMount;
import jcompose.engine.runtime.RuntimeSpec;
import jcompose.engine.snapshot.OverlayLayout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One start of a container, from volumes to `execve`; whatever was done is undone when a step
/// fails. To be used with the container's lock held.
final class ContainerStart {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerStart.class);
  private static final Path HOST_RESOLV_CONF = Path.of("/etc/resolv.conf");

  private final Parts parts;
  private final VolumeContent volumeContent;

  ContainerStart(Parts parts, VolumeContent volumeContent) {
    this.parts = parts;
    this.volumeContent = volumeContent;
  }

  /// What a start made, beside the process.
  record Started(RunningContainer process, @Nullable Attachment attachment) {}

  Started start(Container container) {
    Deque<Runnable> undo = new ArrayDeque<>();
    try {
      return start(container, undo);
    } catch (RuntimeException e) {
      while (!undo.isEmpty()) {
        try {
          undo.pop().run();
        } catch (RuntimeException failed) {
          LOG.warn("undoing a failed start of {}", container.id(), failed);
          e.addSuppressed(failed);
        }
      }
      throw e;
    }
  }

  private Started start(Container container, Deque<Runnable> undo) {
    ContainerRecord record = container.record();
    ContainerId id = record.id();
    requireRunningPeers(record);
    requireShareableMemory(record);
    OverlayLayout layout =
        parts
            .snapshots()
            .layout(id.value())
            .orElseGet(
                () ->
                    parts
                        .snapshots()
                        .prepare(id.value(), record.layers().stream().map(DiffId::parse).toList()));
    Attachment attachment = null;
    if (usesNetworks(record)) {
      attachment = parts.networks().reserve(attachmentSpec(record));
      undo.push(() -> parts.networks().release(id));
      // The monitor may outlive us from here on: a recovery must know what is its own.
      container.note(record.withAttachment(attachment));
      undo.push(() -> container.note(container.record().withAttachment(null)));
    }
    List<RuntimeMount> mounts = new ArrayList<>();
    LegacyLinks links = LegacyLinks.of(record, parts.index());
    links.requireRunning();
    writeNameFiles(record, attachment, links);
    for (RuntimeMount mount : RuntimeSpecs.nameFiles(record, parts.files())) {
      if (record.mounts().stream().noneMatch(it -> it.target().equals(mount.target()))) {
        mounts.add(mount);
      }
    }
    for (ResolvedMount mount : record.mounts()) {
      mounts.add(
          mount.type().equals(MountResolver.CONTENT)
              ? content(record, mount)
              : prepare(mount, layout, undo));
    }
    RuntimeSpec spec =
        RuntimeSpecs.of(
            record,
            links.environment(),
            layout,
            mounts,
            parts.files().log(id),
            this::runningProcess);
    CreatedContainer created = parts.runtime().create(spec);
    undo.push(() -> parts.runtime().remove(id));
    undo.push(created::abandon);
    try {
      container.attachWaitingClients(created);
      if (attachment != null) {
        parts.networks().connect(id, Path.of("/proc/" + created.pid() + "/ns/net"));
      }
    } catch (RuntimeException e) {
      throw created.failure().<RuntimeException>map(it -> it).orElse(e);
    }
    return new Started(created.start(), attachment);
  }

  private RunningContainer runningProcess(String reference) {
    Container other = parts.index().get(reference);
    RunningContainer process = other.process();
    if (process == null) {
      throw new EngineException.Conflict("container " + other.id() + " is not running");
    }
    return process;
  }

  /// Those whose namespaces it is to join.
  private void requireRunningPeers(ContainerRecord record) {
    var isolation = record.spec().isolation();
    joined(isolation.networkMode())
        .filter(it -> it.process() == null)
        .ifPresent(
            it -> {
              throw new EngineException.Conflict(
                  "cannot join network of a non running container: " + it.id());
            });
    joined(isolation.pidMode()).ifPresent(it -> requireRunning("PID", it));
    joined(isolation.ipcMode()).ifPresent(it -> requireRunning("IPC", it));
  }

  private Optional<Container> joined(Optional<String> mode) {
    return mode.filter(it -> it.startsWith("container:"))
        .map(it -> parts.index().get(it.substring("container:".length())));
  }

  private static void requireRunning(String kind, Container peer) {
    if (peer.process() == null) {
      throw new EngineException.Conflict(
          "failed to join %s namespace: container %s is not running".formatted(kind, peer.id()));
    }
  }

  /// What a container has in memory is its own unless it was created to share it.
  private void requireShareableMemory(ContainerRecord record) {
    String mode = record.spec().isolation().ipcMode().orElse("");
    if (mode.startsWith("container:")) {
      Container donor = parts.index().get(mode.substring("container:".length()));
      String donated = donor.record().spec().isolation().ipcMode().orElse("");
      if (!donated.equals("shareable") && !donated.equals("host")) {
        throw new EngineException.Conflict(
            "failed to join IPC namespace: container %s: non-shareable IPC (hint: use IpcMode:shareable for the donor container)"
                .formatted(donor.id()));
      }
    }
  }

  static boolean usesNetworks(ContainerRecord record) {
    String mode = record.spec().isolation().networkMode().orElse("");
    return !record.options().networkDisabled()
        && !mode.equals("host")
        && !mode.equals("none")
        && !mode.startsWith("container:");
  }

  private AttachmentSpec attachmentSpec(ContainerRecord record) {
    List<PortBinding> ports = new ArrayList<>(record.spec().ports());
    if (record.options().publishAllPorts()) {
      for (ExposedPort port : record.merged().exposedPorts()) {
        if (ports.stream().noneMatch(it -> it.containerPort().equals(port))) {
          ports.add(new PortBinding(port, Optional.empty(), Optional.empty()));
        }
      }
    }
    return new AttachmentSpec(
        record.id(),
        record.name(),
        RuntimeSpecs.hostname(record),
        networks(record),
        ports,
        record.spec().names());
  }

  /// The networks it attaches to; the default one when nothing else was said.
  static Map<String, EndpointSpec> networks(ContainerRecord record) {
    Map<String, EndpointSpec> asked = record.spec().networks();
    String mode = record.spec().isolation().networkMode().orElse("");
    String first = mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
    if (!asked.isEmpty() && (mode.isEmpty() || mode.equals("default") || asked.containsKey(mode))) {
      return asked;
    }
    Map<String, EndpointSpec> all = new LinkedHashMap<>();
    all.put(first, EndpointSpec.DEFAULT);
    all.putAll(asked);
    return all;
  }

  private void writeNameFiles(
      ContainerRecord record, @Nullable Attachment attachment, LegacyLinks links) {
    var files = parts.files();
    var id = record.id();
    var spec = record.spec();
    String mode = spec.isolation().networkMode().orElse("");
    if (mode.startsWith("container:")) {
      copyNameFilesOf(parts.index().get(mode.substring("container:".length())).id(), id);
      return;
    }
    String hostname = RuntimeSpecs.hostname(record);
    files.writeText(files.hostname(id), NameFiles.hostname(hostname));
    files.writeText(
        files.hosts(id),
        mode.equals("host")
            ? NameFiles.hostsOfHost(hostsOfHost(), spec.names())
            : NameFiles.hosts(
                    Optional.ofNullable(attachment),
                    hostname,
                    spec.isolation().domainname().filter(it -> !it.isEmpty()),
                    spec.names(),
                    hostGateway(attachment))
                + links.hosts());
    boolean embedded =
        attachment != null
            && attachment.endpoints().stream().anyMatch(it -> !it.networkName().equals("bridge"));
    files.writeText(
        files.resolvConf(id), NameFiles.resolvConf(embedded, spec.names(), hostResolvConf()));
  }

  private static String hostsOfHost() {
    try {
      return Files.readString(Path.of("/etc/hosts"));
    } catch (IOException e) {
      return ""; // a host without one
    }
  }

  private void copyNameFilesOf(ContainerId from, ContainerId to) {
    var files = parts.files();
    try {
      files.writeText(files.hostname(to), Files.readString(files.hostname(from)));
      files.writeText(files.hosts(to), Files.readString(files.hosts(from)));
      files.writeText(files.resolvConf(to), Files.readString(files.resolvConf(from)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy the name files of container " + from, e);
    }
  }

  /// The host as the container reaches it: by the bridge it is on, since no other need be up.
  private String hostGateway(@Nullable Attachment attachment) {
    return attachment == null
        ? "127.0.0.1"
        : attachment.endpoints().stream()
            .map(it -> parts.networks().find(it.networkId()))
            .flatMap(it -> it.subnets().stream())
            .map(it -> it.gateway())
            .filter(it -> !it.contains(":"))
            .findFirst()
            .orElse("127.0.0.1");
  }

  private static List<String> hostResolvConf() {
    try {
      return Files.readAllLines(HOST_RESOLV_CONF);
    } catch (IOException e) {
      return List.of();
    }
  }

  private RuntimeMount prepare(ResolvedMount mount, OverlayLayout layout, Deque<Runnable> undo) {
    return switch (mount.type()) {
      case "bind" -> {
        Path source = Path.of(mount.source());
        if (!Files.exists(source)) {
          createSource(mount, source);
        }
        SourcePropagation.check(source, mount.propagation());
        yield new RuntimeMount.Bind(
            source,
            Optional.empty(),
            mount.target(),
            mount.readOnly(),
            mount.propagation(),
            mount.readOnly());
      }
      case "volume" -> {
        Path content = parts.volumes().acquire(mount.name());
        undo.push(() -> parts.volumes().release(mount.name()));
        if (mount.copyUp()) {
          volumeContent.fill(mount, layout);
        }
        checkSubpath(content, mount);
        yield new RuntimeMount.Bind(
            content,
            mount.subpath().filter(it -> !it.isEmpty()),
            mount.target(),
            mount.readOnly(),
            "rprivate",
            mount.readOnly());
      }
      case "tmpfs" -> new RuntimeMount.Tmpfs(mount.target(), mount.tmpfsOptions());
      case "image" -> {
        var image = parts.images().get(mount.source());
        OverlayLayout layers = volumeContent.layersOf(image.layers());
        yield new RuntimeMount.Layers(
            layers.base(),
            layers.lowers(),
            mount.subpath().filter(it -> !it.isEmpty()),
            mount.target());
      }
      default -> throw new EngineException.Failed("unknown mount type " + mount.type());
    };
  }

  private static RuntimeMount content(ContainerRecord record, ResolvedMount mount) {
    return record.spec().mounts().stream()
        .filter(MountSpec.Content.class::isInstance)
        .map(MountSpec.Content.class::cast)
        .filter(it -> Path.of(it.target()).normalize().toString().equals(mount.target()))
        .map(
            it ->
                new RuntimeMount.Content(
                    it.content(), mount.target(), it.uid(), it.gid(), it.mode()))
        .findFirst()
        .orElseThrow();
  }

  private static void createSource(ResolvedMount mount, Path source) {
    if (!mount.createSource()) {
      throw new EngineException.Invalid(
          "invalid mount config for type \"bind\": bind source path does not exist: "
              + mount.source());
    }
    try {
      Files.createDirectories(source);
    } catch (IOException e) {
      throw new EngineException.Failed(
          "error while creating mount source path '%s': %s".formatted(mount.source(), e), e);
    }
  }

  /// Tells in good words what is wrong; that nothing leads out of the volume is seen to when it is
  /// mounted, since another container may change it meanwhile.
  private static void checkSubpath(Path content, ResolvedMount mount) {
    if (mount.subpath().filter(it -> !it.isEmpty()).isEmpty()) {
      return;
    }
    try {
      Path wanted = content.resolve(mount.subpath().get()).toRealPath();
      if (wanted.startsWith(content.toRealPath())) {
        return;
      }
    } catch (IOException e) {
      throw new EngineException.Failed(
          "cannot access path %s: no such file or directory in volume %s"
              .formatted(mount.subpath().get(), mount.name()),
          e);
    }
    throw new EngineException.Invalid(
        "invalid mount config: subpath %s leads out of volume %s"
            .formatted(mount.subpath().get(), mount.name()));
  }
}
