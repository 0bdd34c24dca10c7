package jcompose.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageReference;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
  private static final Credentials ME = new Credentials.Password("me", "secret");
  private static final byte[] BYTES = new byte[1000];

  static {
    new Random(1).nextBytes(BYTES);
  }

  private static final Descriptor BLOB =
      new Descriptor("application/octet-stream", Digest.ofBytes(BYTES), BYTES.length);

  private ScriptedRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = new ScriptedRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private RegistryClient client(Optional<Credentials> credentials) {
    return new Registries(RegistrySettings.DEFAULT)
        .open(
            ImageReference.parse(registry.host() + "/" + ScriptedRegistry.REPOSITORY), credentials);
  }

  @Test
  void requests_that_are_refused_at_the_same_time_all_pass_with_a_password() throws Exception {
    registry.wantBasic("me", "secret");
    var client = client(Optional.of(ME));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 20; i++) {
        asked.add(threads.submit(() -> client.hasBlob(BLOB.digest())));
      }
      for (var one : asked) {
        assertThat(one.get()).isFalse();
      }
    }
  }

  @Test
  void one_token_serves_many_requests() throws Exception {
    registry.wantToken();
    var client = client(Optional.of(ME));

    client.hasBlob(BLOB.digest());
    client.hasBlob(BLOB.digest());

    assertThat(registry.tokens).hasValue(1);
    assertThat(registry.requests)
        .contains(
            "GET service=the+registry&scope=repository:app:pull,push Basic "
                + ScriptedRegistry.base64("me:secret")
                + " ");
  }

  @Test
  void a_wrong_password_is_denied_with_what_the_registry_says() {
    registry.wantBasic("me", "other");

    assertThatThrownBy(() -> client(Optional.of(ME)).hasBlob(BLOB.digest()))
        .isInstanceOf(EngineException.Denied.class)
        .hasMessageStartingWith("unauthorized: ");
    assertThat(registry.requests).hasSize(2);
  }

  @Test
  void a_token_service_that_refuses_is_named() {
    registry.wantToken();

    assertThatThrownBy(() -> client(Optional.empty()).hasBlob(BLOB.digest()))
        .isInstanceOf(EngineException.Denied.class)
        .hasMessageContaining("authentication required; log in with `docker login ");
  }

  @Test
  void an_identity_token_is_sent_as_a_refresh_token() {
    registry.wantToken();

    assertThatThrownBy(
            () ->
                client(Optional.of(new Credentials.IdentityToken("refresh me")))
                    .hasBlob(BLOB.digest()))
        .isInstanceOf(EngineException.Denied.class);
    assertThat(registry.requests)
        .anyMatch(it -> it.startsWith("POST ") && it.contains("&refresh_token=refresh+me"));
  }

  @Test
  void a_blob_that_another_repository_has_is_mounted() throws IOException {
    registry.mountableFrom = "second/app";

    var from =
        client(Optional.empty()).upload(BLOB, List.of("first/app", "second/app"), this::bytes);

    assertThat(from).contains("second/app");
    assertThat(registry.requests).noneMatch(it -> it.startsWith("PUT"));
  }

  @Test
  void a_blob_that_cannot_be_mounted_is_sent_to_where_that_was_answered() throws IOException {
    var from = client(Optional.empty()).upload(BLOB, List.of("first/app"), this::bytes);

    assertThat(from).isEmpty();
    assertThat(registry.blobs).containsEntry(BLOB.digest().toString(), BLOB.digest());
    assertThat(registry.requests).filteredOn(it -> it.startsWith("POST")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 399, 400, 401, 999, 1000})
  void an_upload_that_is_cut_off_goes_on_where_the_registry_is(int cutAt) throws IOException {
    registry.cutAt = cutAt;
    var http =
        new RegistryHttp(
            HttpClient.newHttpClient(),
            new RegistryAddress(registry.host(), URI.create("http://" + registry.host())),
            Optional.empty());

    new BlobUpload(
            http, URI.create("http://" + registry.host() + "/v2/app/blobs/uploads/"), "", 400)
        .send(BLOB, this::bytes, Optional.empty());

    assertThat(registry.blobs).containsEntry(BLOB.digest().toString(), BLOB.digest());
  }

  private ByteArrayInputStream bytes(long offset) {
    return new ByteArrayInputStream(BYTES, (int) offset, BYTES.length - (int) offset);
  }
}
