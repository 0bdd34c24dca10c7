package jcompose.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import jcompose.core.engine.EngineException;
import jcompose.core.engine.TransferListener;
import jcompose.core.resource.ImageReference;
import jcompose.core.testkit.Needs;
import jcompose.engine.content.BlobStore;
import jcompose.engine.content.DataRoot;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.oci.HistoryEntry;
import jcompose.engine.oci.ImageConfig;
import jcompose.engine.oci.Platform;
import jcompose.engine.registry.Credentials;
import jcompose.engine.registry.Registries;
import jcompose.engine.registry.RegistrySettings;
import jcompose.engine.snapshot.OverlaySnapshotter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("root")
@Tag("registry")
class RegistryIT {
  private static final Path BINARY = Path.of("/usr/bin/docker-registry");

  private Path folder = Path.of("/");
  private int port;
  private @Nullable Process registry;

  /// An engine's images, in a folder of its own.
  private record Store(
      OverlaySnapshotter snapshots,
      DiskImageStore images,
      RegistryPuller puller,
      RegistryPusher pusher) {
    static Store in(Path folder) {
      return in(folder, RegistrySettings.DEFAULT);
    }

    static Store in(Path folder, RegistrySettings settings) {
      var root = new DataRoot(folder);
      var blobs = new BlobStore(root);
      var snapshots = new OverlaySnapshotter(root);
      var images = new DiskImageStore(root, blobs, snapshots);
      var registries = new Registries(settings);
      return new Store(
          snapshots,
          images,
          new RegistryPuller(registries, blobs, snapshots, images),
          new RegistryPusher(registries, blobs, snapshots, images));
    }
  }

  @BeforeEach
  void start() throws Exception {
    Needs.root();
    Needs.REGISTRY.check(Files.isExecutable(BINARY), "needs the package docker-registry");
    folder = Files.createTempDirectory("registry-");
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    serve("");
  }

  private void serve(String more) throws Exception {
    Path settings =
        Files.writeString(
            folder.resolve("registry.yml"),
            """
            version: 0.1
            storage: {filesystem: {rootdirectory: %s}}
            http: {addr: "127.0.0.1:%d", secret: local}
            %s
            """
                .formatted(folder.resolve("registry"), port, more));
    registry =
        new ProcessBuilder(BINARY.toString(), "serve", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Instant limit = Instant.now().plusSeconds(20);
    while (Instant.now().isBefore(limit)) {
      try (var _ = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("the registry did not start: " + folder.resolve("log"));
  }

  @AfterEach
  void stop() throws Exception {
    end();
    if (!folder.equals(Path.of("/"))) {
      FileTree.remove(folder);
    }
  }

  private void end() throws InterruptedException {
    if (registry != null) {
      registry.destroy();
      registry.waitFor();
    }
  }

  @Test
  void a_private_registry_takes_and_gives_with_the_password_only() throws Exception {
    end();
    Path users = // user:password
        Files.writeString(
            folder.resolve("users"),
            "user:$2y$05$51hJEdwE2U1iJOFJBbYBBew00lqtuAtQukvkKINlGBUxSTwN6wrnS\n");
    serve("auth: {htpasswd: {realm: here, path: " + users + "}}");
    var here = Store.in(folder.resolve("here"));
    made(here, "app:1");
    var known = Optional.<Credentials>of(new Credentials.Password("user", "password"));

    assertThatThrownBy(
            () -> here.pusher().push(reference("app:1"), Optional.empty(), TransferListener.SILENT))
        .isInstanceOf(EngineException.Denied.class);
    here.pusher().push(reference("app:1"), known, TransferListener.SILENT);
    var there = Store.in(folder.resolve("there")).puller();

    assertThatThrownBy(
            () ->
                there.pull(
                    reference("app:1"),
                    Optional.empty(),
                    Optional.empty(),
                    TransferListener.SILENT))
        .isInstanceOf(EngineException.Denied.class);
    assertThat(
            there
                .pull(reference("app:1"), Optional.empty(), known, TransferListener.SILENT)
                .layers())
        .hasSize(2);
  }

  @Test
  void the_first_mirror_that_has_it_gives_an_image_of_docker_hub() throws IOException {
    var here = Store.in(folder.resolve("here"));
    var made = made(here, "library/app:1");
    here.pusher().push(reference("library/app:1"), Optional.empty(), TransferListener.SILENT);
    var mirrors = List.of(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:" + port));
    var there =
        Store.in(
            folder.resolve("there"), new RegistrySettings(mirrors, List.of(), Path.of("/none")));

    var pulled =
        there
            .puller()
            .pull(
                ImageReference.parse("app:1"),
                Optional.empty(),
                Optional.empty(),
                TransferListener.SILENT);

    assertThat(pulled.id()).isEqualTo(made.id());
    assertThat(pulled.tags()).containsExactly("app:1");
  }

  @Test
  void an_image_made_here_is_pushed_and_pulled_by_another_engine() throws IOException {
    var here = Store.in(folder.resolve("here"));
    var made = made(here, "app:1");
    here.pusher().push(reference("app:1"), Optional.empty(), TransferListener.SILENT);
    var there = Store.in(folder.resolve("there"));
    var said = new ArrayList<String>();

    var pulled =
        there
            .puller()
            .pull(
                reference("app:1"),
                Optional.empty(),
                Optional.empty(),
                (_, message, _, _) -> said.add(message));

    assertThat(pulled.id()).isEqualTo(made.id());
    assertThat(pulled.tags()).containsExactly(reference("app:1").familiar());
    assertThat(pulled.digests()).hasSize(1);
    var lowers = there.snapshots().prepare("c", pulled.layers()).lowerPaths();
    assertThat(lowers.getFirst().resolve("second")).hasContent("2");
    assertThat(lowers.getLast().resolve("first")).hasContent("1");
    assertThat(new TreeSet<>(said))
        .contains(
            "Pulling from app",
            "Pulling fs layer",
            "Download complete",
            "Pull complete",
            "Status: Downloaded newer image for " + reference("app:1").familiar());
    assertThat(Store.in(folder.resolve("there")).images().find(pulled.id())).contains(pulled);
  }

  @Test
  void a_blob_that_is_not_what_its_digest_says_is_refused_and_leaves_nothing() throws IOException {
    var here = Store.in(folder.resolve("here"));
    made(here, "app:1");
    here.pusher().push(reference("app:1"), Optional.empty(), TransferListener.SILENT);
    damageLargestBlob();
    var there = Store.in(folder.resolve("there"));

    assertThatThrownBy(
            () ->
                there
                    .puller()
                    .pull(
                        reference("app:1"),
                        Optional.empty(),
                        Optional.empty(),
                        TransferListener.SILENT))
        .isInstanceOf(EngineException.class);

    assertThat(there.images().list()).isEmpty();
    try (Stream<Path> left = Files.list(folder.resolve("there/snapshots/temporary"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void an_unknown_image_is_not_found() {
    var store = Store.in(folder.resolve("here"));

    assertThatThrownBy(
            () ->
                store
                    .puller()
                    .pull(
                        reference("nothing:1"),
                        Optional.empty(),
                        Optional.empty(),
                        TransferListener.SILENT))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessageContaining("manifest unknown");
  }

  @Test
  void removing_the_last_name_takes_image_and_layers_unless_a_container_uses_it()
      throws IOException {
    var store = Store.in(folder.resolve("here"));
    var image = made(store, "app:1");
    store.images().tag(image.id(), reference("app:2"));
    var use = new ImageUse("c0ffee".repeat(10), false);

    assertThat(
            store.images().remove("127.0.0.1:" + port + "/app:2", false, true, _ -> List.of(use)))
        .containsExactly(new Removal.Untagged(reference("app:2").familiar()));
    assertThatThrownBy(
            () ->
                store
                    .images()
                    .remove(reference("app:1").familiar(), false, true, _ -> List.of(use)))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("must force");
    assertThat(store.images().remove(reference("app:1").familiar(), false, true, _ -> List.of()))
        .containsExactly(
            new Removal.Untagged(reference("app:1").familiar()), new Removal.Deleted(image.id()));
    assertThat(store.snapshots().layers()).isEmpty();
  }

  private StoredImage made(Store store, String name) throws IOException {
    var layout = store.snapshots().prepare("one", List.of());
    Files.writeString(layout.upper().resolve("first"), "1");
    var one = store.snapshots().commit("one").diffId();
    layout = store.snapshots().prepare("two", List.of(one));
    Files.writeString(layout.upper().resolve("second"), "2");
    Files.write(
        layout.upper().resolve("noise"), new java.security.SecureRandom().generateSeed(9000));
    var two = store.snapshots().commit("two").diffId();
    var step =
        new HistoryEntry(Optional.empty(), "test", Optional.empty(), Optional.empty(), false);
    return store
        .images()
        .create(
            ImageConfig.scratch(Platform.host()).with(one, step).with(two, step),
            List.of(reference(name)),
            Optional.empty());
  }

  private ImageReference reference(String name) {
    return ImageReference.parse("127.0.0.1:" + port + "/" + name);
  }

  private void damageLargestBlob() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("registry"))) {
      Path largest =
          files
              .filter(Files::isRegularFile)
              .max(java.util.Comparator.comparingLong(it -> it.toFile().length()))
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(largest, bytes);
    }
  }
}
