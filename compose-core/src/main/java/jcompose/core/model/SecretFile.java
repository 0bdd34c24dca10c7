package jcompose.core.model;

import java.util.Optional;
import java.util.SequencedMap;

/// One entry under `secrets`. Exactly one of `file`, `environment`, `content`, `driver` and
/// `external` says where its bytes come from.
///
/// @param key as services name it
/// @param name as an engine names it
/// @param file absolute path
/// @param environment a variable's name
public record SecretFile(
    String key,
    String name,
    boolean external,
    Optional<String> file,
    Optional<String> environment,
    Optional<String> content,
    Optional<String> driver,
    SequencedMap<String, String> driverOpts,
    Optional<String> templateDriver,
    SequencedMap<String, String> labels) {
  public SecretFile {
    driverOpts = Copies.ordered(driverOpts);
    labels = Copies.ordered(labels);
  }
}
