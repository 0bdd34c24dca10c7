package jcompose.core.conversion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import jcompose.core.model.ConfigFile;
import jcompose.core.model.FileGrant;
import jcompose.core.model.Project;
import jcompose.core.model.SecretFile;
import jcompose.core.model.Service;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceRange;

/// Keys of services that are valid and change nothing on either engine.
public final class IgnoredKeys {
  private static final String CLUSTER = "only a cluster could honour it";

  private static final String AS_IT_IS = "a file of the host is mounted as it is";

  private static final SequencedMap<String, String> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("deploy.endpoint_mode", CLUSTER);
    KEYS.put("deploy.labels", CLUSTER + "; labels of containers are under labels");
    KEYS.put("deploy.placement", CLUSTER);
    KEYS.put("deploy.rollback_config", CLUSTER);
    KEYS.put("deploy.update_config", CLUSTER);
    KEYS.put("deploy.resources.reservations.generic_resources", CLUSTER);
    KEYS.put("isolation", "only Windows has isolation technologies to choose from");
  }

  private IgnoredKeys() {}

  /// One warning a key and service, where it is written.
  public static List<Diagnostic> of(Project project) {
    var warnings = new ArrayList<Diagnostic>();
    for (Service service : project.services().values()) {
      Map<String, SourceRange> positions = service.canonical().positions();
      var keys = new LinkedHashMap<>(KEYS);
      ownersOfFiles(project, service).forEach(it -> keys.put(it, AS_IT_IS));
      keys.forEach(
          (key, why) ->
              position(positions, key)
                  .ifPresent(
                      it ->
                          warnings.add(
                              Diagnostic.warning(
                                  "ignored-key",
                                  it,
                                  "service \"%s\": %s has no effect: %s"
                                      .formatted(service.name(), key, why)))));
    }
    return warnings;
  }

  private static List<String> ownersOfFiles(Project project, Service service) {
    var keys = new ArrayList<String>();
    List<FileGrant> secrets = service.storage().secrets();
    for (int i = 0; i < secrets.size(); i++) {
      SecretFile secret = project.secrets().get(secrets.get(i).source());
      if (secret != null && secret.file().isPresent()) {
        addOwners(keys, "secrets[" + i + "].");
      }
    }
    List<FileGrant> configs = service.storage().configs();
    for (int i = 0; i < configs.size(); i++) {
      ConfigFile config = project.configs().get(configs.get(i).source());
      if (config != null && config.file().isPresent()) {
        addOwners(keys, "configs[" + i + "].");
      }
    }
    return keys;
  }

  private static void addOwners(List<String> keys, String grant) {
    List.of("uid", "gid", "mode").forEach(it -> keys.add(grant + it));
  }

  /// Of the key itself, else of the first thing below it.
  private static Optional<SourceRange> position(Map<String, SourceRange> positions, String key) {
    return Optional.ofNullable(positions.get(key))
        .or(
            () ->
                positions.entrySet().stream()
                    .filter(it -> it.getKey().startsWith(key + "."))
                    .min(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue));
  }
}
