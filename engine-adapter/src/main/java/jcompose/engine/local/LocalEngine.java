package jcompose.engine.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import jcompose.core.engine.Engine;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.Events;
import jcompose.core.resource.EngineInfo;
import jcompose.engine.build.DockerfileBuilder;
import jcompose.engine.content.BlobStore;
import jcompose.engine.content.DataRoot;
import jcompose.engine.host.files.LateRemoval;
import jcompose.engine.image.DiskImageStore;
import jcompose.engine.image.ImageArchives;
import jcompose.engine.image.RegistryPuller;
import jcompose.engine.image.RegistryPusher;
import jcompose.engine.network.ContainerNetworks;
import jcompose.engine.network.NetworkSettings;
import jcompose.engine.registry.Registries;
import jcompose.engine.runtime.LogFileReader;
import jcompose.engine.runtime.MonitorRuntime;
import jcompose.engine.snapshot.OverlaySnapshotter;
import jcompose.engine.volume.VolumeStore;

/// The bundled engine in this process. One at a time may own a data root; containers go on when it
/// is closed and are found again by the next.
public final class LocalEngine implements Engine {
  public static final String VERSION = "0.1.0";

  private final EngineSettings settings;
  private final String id;
  private final Parts parts;
  private final DataRootLock lock;
  private final LateRemoval lateRemoval = new LateRemoval();
  private final ContainerLifecycle lifecycle;
  private final LocalContainers containers;
  private final LocalImages images;
  private final LocalNetworks networks;
  private final LocalVolumes volumes;
  private final LocalEvents events;

  private LocalEngine(EngineSettings settings, DataRootLock lock) throws IOException {
    this.settings = settings;
    this.lock = lock;
    this.id = readId(settings.dataRoot().resolve("engine-id"));
    var root = new DataRoot(settings.dataRoot());
    var blobs = new BlobStore(root);
    var snapshots = new OverlaySnapshotter(root, lateRemoval::remove);
    var store = new DiskImageStore(root, blobs, snapshots);
    var registries = new Registries(settings.registries());
    var puller = new RegistryPuller(registries, blobs, snapshots, store);
    var pusher = new RegistryPusher(registries, blobs, snapshots, store);
    this.parts =
        new Parts(
            store,
            snapshots,
            VolumeStore.open(settings.dataRoot().resolve("volumes")),
            ContainerNetworks.open(
                NetworkSettings.of(
                    settings.dataRoot().resolve("networks"),
                    settings.instance(),
                    settings.pools())),
            MonitorRuntime.open(settings.runRoot(), settings.dataRoot(), settings.instance()),
            new LogFileReader(),
            new RecordFiles(settings.dataRoot().resolve("containers"), lateRemoval::remove),
            new ContainerIndex(),
            new EventBus());
    var healthChecks = new HealthChecks(parts);
    var starting = new ContainerStart(parts, new VolumeContent(parts.volumes(), parts.snapshots()));
    var stops = new ContainerStops(parts);
    var removal = new ContainerRemoval(parts, stops);
    this.lifecycle = new ContainerLifecycle(parts, starting, healthChecks, stops, removal);
    this.containers = new LocalContainers(parts, lifecycle, stops, removal);
    var builder =
        DockerfileBuilder.open(
            settings.dataRoot().resolve("build"),
            store,
            snapshots,
            puller,
            new RuntimeStepRunner(parts));
    this.images =
        new LocalImages(
            parts,
            puller,
            pusher,
            builder,
            new ImageArchives(root, blobs, snapshots, store),
            registries);
    this.networks = new LocalNetworks(parts);
    this.volumes = new LocalVolumes(parts);
    this.events = new LocalEvents(parts.bus());
    new Recovery(parts, lifecycle, removal, healthChecks).run();
  }

  /// Opens the engine, takes over what runs and notes what has ended.
  ///
  /// @throws EngineException.Denied when this user is not root
  /// @throws EngineException.Conflict when another process owns the data root
  /// @throws EngineException.Failed when the data root cannot be used
  public static LocalEngine open(EngineSettings settings) {
    DataRootLock lock = DataRootLock.take(settings.dataRoot());
    try {
      return new LocalEngine(settings, lock);
    } catch (IOException e) {
      lock.close();
      throw new EngineException.Failed(
          "cannot open the engine on " + settings.dataRoot() + ": " + e, e);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static String readId(Path file) throws IOException {
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    String made = UUID.randomUUID().toString();
    Files.writeString(file, made + "\n");
    return made;
  }

  public EngineSettings settings() {
    return settings;
  }

  /// A random id that the engine keeps.
  public String id() {
    return id;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo(
        "jcompose", VERSION, "1.45", "linux", System.getProperty("os.arch"), "in-process", true);
  }

  @Override
  public LocalContainers containers() {
    return containers;
  }

  @Override
  public LocalFiles files() {
    return new LocalFiles(containers.files());
  }

  @Override
  public LocalImages images() {
    return images;
  }

  @Override
  public LocalNetworks networks() {
    return networks;
  }

  @Override
  public LocalVolumes volumes() {
    return volumes;
  }

  @Override
  public Events events() {
    return events;
  }

  /// Events with their history, for the API.
  public EventBus bus() {
    return parts.bus();
  }

  public int eventListeners() {
    return parts.bus().listenerCount();
  }

  /// Publishes something that happened to a container outside the engine, such as a client's
  /// leaving.
  public void publishContainer(String reference, String action, Map<String, String> more) {
    parts
        .index()
        .find(reference)
        .ifPresent(it -> parts.events().publish(it.record(), action, more));
  }

  @Override
  public void close() {
    try {
      lifecycle.close();
      parts.networks().close();
      parts.runtime().close();
      lateRemoval.close();
    } catch (UncheckedIOException e) {
      throw new EngineException.Failed("closing the engine failed", e);
    } finally {
      lock.close();
    }
  }
}
