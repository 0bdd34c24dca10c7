package jcompose.engine.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.PortBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTranslationTest {
  private static ContainerSpec spec(String json) {
    try {
      return new CreateTranslation(Json.MAPPER.readValue(json, CreateBody.class))
          .spec(Optional.empty());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void names_are_read_without_regard_to_case_and_unknown_ones_ignored() {
    ContainerSpec spec =
        spec("{\"image\":\"busybox\",\"CMD\":[\"a\"],\"Nonsense\":{\"x\":1},\"tty\":true}");
    assertThat(spec.image()).isEqualTo("busybox");
    assertThat(spec.process().command()).hasValueSatisfying(it -> assertThat(it).contains("a"));
    assertThat(spec.process().tty()).isTrue();
  }

  @Test
  void ports_mounts_and_networks_come_from_their_several_places() {
    ContainerSpec spec =
        spec(
            """
            {"Image": "busybox", "ExposedPorts": {"53/udp": {}}, "Volumes": {"/anon": {}},
             "HostConfig": {
               "Binds": ["/srv:/x:ro", "data:/y"], "NetworkMode": "shop",
               "Mounts": [{"Type": "tmpfs", "Target": "/t", "TmpfsOptions": {"SizeBytes": 5}}],
               "PortBindings": {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}], "81/tcp": null}},
             "NetworkingConfig": {"EndpointsConfig": {"other": {}, "shop": {"Aliases": ["web"]}}}}
            """);
    assertThat(spec.ports())
        .containsExactly(
            new PortBinding(
                new ExposedPort(80, "tcp"), Optional.of("127.0.0.1"), Optional.of("8080")));
    assertThat(spec.exposedPorts()).containsExactly(new ExposedPort(53, "udp"));
    assertThat(spec.mounts())
        .extracting(it -> it.getClass().getSimpleName() + " " + it.target())
        .containsExactly("Bind /x", "Volume /y", "Tmpfs /t", "Volume /anon");
    assertThat(((MountSpec.Bind) spec.mounts().getFirst()).readOnly()).isTrue();
    assertThat(spec.networks().keySet()).containsExactly("shop", "other");
    assertThat(spec.networks().get("shop"))
        .extracting(EndpointSpec::aliases)
        .isEqualTo(List.of("web"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | config cannot be empty in order to create a container
          {"Image":"x","HostConfig":{"Binds":["a:b:c:d"]}} | invalid volume specification: 'a:b:c:d'
          {"Image":"x","HostConfig":{"Binds":["/a:/b:bogus"]}} | invalid mode: bogus
          {"Image":"x","HostConfig":{"RestartPolicy":{"Name":"often"}}} | invalid restart policy: unknown policy 'often'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'
          {"Image":"x","ExposedPorts":{"http":{}}} | invalid port specification: "http"
          """)
  void what_is_wrong_is_named_in_dockers_words(String json, String message) {
    assertThatThrownBy(() -> spec(json))
        .isInstanceOf(EngineException.Invalid.class)
        .hasMessage(message);
  }
}
