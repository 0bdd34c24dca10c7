package jcompose.engine.daemon.api;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageReference;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.local.LocalImages;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.registry.Credentials;
import org.jspecify.annotations.Nullable;

/// What only asks a registry: `/auth`, `/distribution/…`, `/images/search`.
final class RegistryRouter {
  private static final String HUB = "https://index.docker.io/v1/";

  private final LocalImages images;

  RegistryRouter(LocalEngine engine) {
    this.images = engine.images();
  }

  void register(Routes routes) {
    routes
        .add("POST", "/auth", this::auth)
        .add("GET", "/distribution/{name...}/json", this::distribution)
        .add("GET", "/images/search", RegistryRouter::search);
  }

  record Auth(
      @com.fasterxml.jackson.annotation.JsonProperty("username") @Nullable String username,
      @com.fasterxml.jackson.annotation.JsonProperty("password") @Nullable String password,
      @com.fasterxml.jackson.annotation.JsonProperty("identitytoken")
          @Nullable String identityToken,
      @com.fasterxml.jackson.annotation.JsonProperty("serveraddress")
          @Nullable String serverAddress) {}

  private void auth(ApiCall call) throws IOException {
    Auth auth = call.body(Auth.class);
    String address = Given.text(auth.serverAddress()).orElse(HUB);
    String registry = RegistryAuth.name(address);
    Optional<Credentials> credentials =
        Given.text(auth.identityToken())
            .<Credentials>map(Credentials.IdentityToken::new)
            .or(
                () ->
                    Given.text(auth.username())
                        .map(
                            it ->
                                new Credentials.Password(
                                    it, Given.text(auth.password()).orElse(""))));
    try {
      images.registries().checkAccess(registry, credentials);
    } catch (EngineException.Denied e) {
      throw new ApiException(401, String.valueOf(e.getMessage()));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("IdentityToken", "");
    json.put("Status", "Login Succeeded");
    call.json(200, json);
  }

  private void distribution(ApiCall call) throws IOException {
    ImageReference reference = ImagesRouter.reference(call.place("name"));
    List<Descriptor> found;
    Descriptor top;
    try {
      var registry = images.registries().open(reference, RegistryAuth.of(call));
      String asked = reference.digest().orElseGet(() -> reference.tag().orElse("latest"));
      var manifest =
          registry
              .manifest(asked)
              .orElseThrow(
                  () -> new EngineException.NotFound("manifest unknown: manifest unknown"));
      top = manifest.descriptor();
      found = registry.platforms(manifest);
    } catch (EngineException.Denied e) {
      throw new ApiException(401, String.valueOf(e.getMessage()));
    }
    Map<String, Object> descriptor = new LinkedHashMap<>();
    descriptor.put("mediaType", top.mediaType());
    descriptor.put("digest", top.digest().toString());
    descriptor.put("size", top.size());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Descriptor", descriptor);
    json.put(
        "Platforms",
        found.stream()
            .flatMap(it -> it.platform().stream())
            .map(RegistryRouter::platform)
            .toList());
    call.json(200, json);
  }

  private static Map<String, Object> platform(jcompose.engine.oci.Platform platform) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architecture", platform.architecture());
    json.put("os", platform.os());
    platform.variant().ifPresent(it -> json.put("variant", it));
    return json;
  }

  private static void search(ApiCall call) {
    throw new EngineException.Unsupported(
        "searching Docker Hub is not supported: look images up at https://hub.docker.com");
  }
}
