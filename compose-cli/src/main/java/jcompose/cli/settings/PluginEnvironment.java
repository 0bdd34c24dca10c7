package jcompose.cli.settings;

import java.util.HashMap;
import java.util.Map;

/// The environment as compose files see it under `docker compose`. The docker CLI tells each of its
/// plugins, in OpenTelemetry's variable, which command it runs; a file that refers to the variable,
/// or hands it to a container, gets that value, and the configuration hash depends on it.
final class PluginEnvironment {
  private static final String ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES";
  private static final String COMMAND = "docker.cli.cobra.command_path=docker%20compose";

  private PluginEnvironment() {}

  /// The caller's environment with that attribute after those it has.
  static Map<String, String> of(Map<String, String> caller) {
    var environment = new HashMap<>(caller);
    environment.merge(
        ATTRIBUTES, COMMAND, (before, own) -> before.isBlank() ? own : before.strip() + "," + own);
    return environment;
  }
}
