package jcompose.engine.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.HealthCheck;
import org.junit.jupiter.api.Test;

class ImageConfigJsonTest {
  private static final DiffId LAYER = new DiffId(Digest.of("a layer"));

  @Test
  void every_field_survives_a_round_trip() throws IOException {
    var config =
        new ContainerConfig.Builder()
            .user("1000:100")
            .exposedPorts(List.of("53/udp", "80/tcp"))
            .environment(List.of("B=2", "A=1 = one"))
            .entrypoint(Optional.of(List.of("/init", "--")))
            .command(Optional.of(List.of()))
            .volumes(List.of("/data"))
            .workingDirectory("/srv")
            .labels(Map.of("a.b", "c"))
            .stopSignal(Optional.of("SIGQUIT"))
            .healthCheck(
                Optional.of(
                    new HealthCheck(
                        List.of("CMD-SHELL", "true"),
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.of(Duration.ofMillis(1500)),
                        Optional.of(3),
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(Duration.ofSeconds(2)))))
            .onBuild(List.of("RUN true"))
            .shell(Optional.of(List.of("/bin/ash", "-c")))
            .build();
    var history =
        new HistoryEntry(
            Optional.of(Instant.parse("2023-11-14T22:13:20Z")),
            "COPY . /srv",
            Optional.of("someone"),
            Optional.of("why"),
            false);
    var image =
        ImageConfig.scratch(Platform.parse("linux/arm/v7"))
            .withCreated(Instant.parse("2024-01-02T03:04:05.678Z"))
            .withAuthor("someone")
            .withConfig(config)
            .with(LAYER, history);

    assertThat(ImageConfigJson.read(ImageConfigJson.write(image))).isEqualTo(image);
  }

  @Test
  void what_docker_writes_is_read() throws IOException {
    var image =
        ImageConfigJson.read(
            """
            {"architecture":"amd64","os":"linux","created":"2023-11-14T22:13:20.5+02:00",
             "config":{"Cmd":null,"Env":["PATH=/bin"],"Volumes":null,"Labels":null,"Image":""},
             "rootfs":{"type":"layers","diff_ids":["%s"]},
             "history":[{"created_by":"CMD","empty_layer":true}]}
            """
                .formatted(LAYER)
                .getBytes(StandardCharsets.UTF_8));

    assertThat(image.created()).contains(Instant.parse("2023-11-14T20:13:20.5Z"));
    assertThat(image.config().command()).isEmpty();
    assertThat(image.config().environment()).containsExactly("PATH=/bin");
    assertThat(image.diffIds()).containsExactly(LAYER);
    assertThat(image.history().getFirst().emptyLayer()).isTrue();
  }

  @Test
  void a_diff_id_that_is_a_path_is_refused() {
    assertThatThrownBy(
            () ->
                ImageConfigJson.read(
                    "{\"rootfs\":{\"diff_ids\":[\"sha256:../../etc\"]}}"
                        .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("invalid checksum digest format");
  }

  @Test
  void manifests_survive_a_round_trip() throws IOException {
    var manifest =
        new Manifest(
            MediaTypes.OCI_MANIFEST,
            new Descriptor(MediaTypes.OCI_CONFIG, Digest.of("config"), 6),
            List.of(new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of("layer"), 5)),
            Map.of("key", "value"));

    assertThat(OciJson.readManifest(OciJson.write(manifest))).isEqualTo(manifest);
  }
}
