package jcompose.engine.daemon.api;

import java.util.List;
import jcompose.core.resource.ContainerSpec;

/// What a container is created without although it was asked for, as clients show it to people.
final class CreateWarnings {
  private CreateWarnings() {}

  static List<String> of(ContainerSpec spec) {
    String compress =
        spec.logging().map(it -> it.options().getOrDefault("compress", "")).orElse("");
    return compress.equals("true")
        ? List.of("log files are not compressed: the log option compress has no effect")
        : List.of();
  }
}
