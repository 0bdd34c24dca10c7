package jcompose.engine.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.engine.local.EngineSettings;
import jcompose.engine.network.NetworkSettings;
import jcompose.engine.registry.RegistrySettings;

/// What a settings file says: a part of dockerd's `daemon.json`, with its names.
///
/// @param pools empty for the usual ones
/// @see <a href="https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file">daemon
///   configuration file</a>
record SettingsFile(
    List<URI> mirrors, List<String> insecure, Optional<List<NetworkSettings.Pool>> pools) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// A file that does not exist says nothing.
  ///
  /// @throws EngineException.Invalid with all that is wrong in it
  static SettingsFile read(Path file) {
    if (!Files.exists(file)) {
      return new SettingsFile(List.of(), List.of(), Optional.empty());
    }
    try {
      var reading = new Reading(JSON.readTree(Files.readAllBytes(file)));
      SettingsFile read = reading.all();
      if (!reading.problems.isEmpty()) {
        throw new EngineException.Invalid(
            "settings file " + file + ": " + String.join("; ", reading.problems));
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new EngineException.Invalid(
          "settings file %s:%d:%d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    } catch (IOException e) {
      throw new EngineException.Invalid("cannot read the settings file " + file + ": " + e);
    }
  }

  /// These settings, where they say something, else the given ones.
  EngineSettings over(EngineSettings given) {
    return new EngineSettings(
        given.dataRoot(),
        given.runRoot(),
        given.instance(),
        new RegistrySettings(mirrors, insecure, given.registries().certificates()),
        pools.orElse(given.pools()));
  }

  /// Gathers what is wrong.
  private static final class Reading {
    private final JsonNode file;
    private final List<String> problems = new ArrayList<>();

    Reading(JsonNode file) {
      this.file = file;
    }

    SettingsFile all() {
      if (!file.isObject()) {
        problems.add("it must hold one JSON object");
      }
      file.fieldNames()
          .forEachRemaining(
              name -> {
                switch (name) {
                  case "registry-mirrors", "insecure-registries", "default-address-pools" -> {}
                  default ->
                      problems.add(
                          "unknown key \"%s\": registry-mirrors, insecure-registries and"
                                  .formatted(name)
                              + " default-address-pools are known");
                }
              });
      return new SettingsFile(
          texts("registry-mirrors").stream().flatMap(it -> mirror(it).stream()).toList(),
          texts("insecure-registries"),
          file.has("default-address-pools") ? Optional.of(pools()) : Optional.empty());
    }

    private List<String> texts(String key) {
      var texts = new ArrayList<String>();
      JsonNode list = file.path(key);
      if (!list.isMissingNode() && !list.isArray()) {
        problems.add(key + " must be a list");
      }
      for (JsonNode one : list) {
        if (one.isTextual()) {
          texts.add(one.asText());
        } else {
          problems.add(key + " must hold strings, not " + one);
        }
      }
      return texts;
    }

    private Optional<URI> mirror(String text) {
      try {
        URI uri = URI.create(text.replaceFirst("/+$", ""));
        if (List.of("http", "https").contains(uri.getScheme())
            && uri.getAuthority() != null
            && uri.getUserInfo() == null
            && uri.getPath().isEmpty()
            && uri.getQuery() == null
            && uri.getFragment() == null) {
          return Optional.of(uri);
        }
      } catch (IllegalArgumentException e) {
        // said below
      }
      problems.add(
          "invalid mirror \"" + text + "\": a URL like https://mirror.example without a path");
      return Optional.empty();
    }

    private List<NetworkSettings.Pool> pools() {
      var pools = new ArrayList<NetworkSettings.Pool>();
      for (JsonNode one : file.path("default-address-pools")) {
        String base = one.path("base").asText("");
        int size = one.path("size").asInt(-1);
        if (!NetworkSettings.Pool.isRange(base, size)) {
          problems.add(
              "invalid address pool "
                  + one
                  + ": {\"base\": \"10.10.0.0/16\", \"size\": 24} cuts"
                  + " 10.10.0.0/16 into networks of 24 bits");
        } else {
          pools.add(new NetworkSettings.Pool(base, size));
        }
      }
      return pools;
    }
  }
}
