package jcompose.core.engine;

import java.util.Map;
import java.util.Optional;

/// Opens engines of one kind; found through `ServiceLoader`.
public interface EngineProvider {
  /// The kind this provider opens: `bundled` or `docker`.
  String kind();

  /// Opens the engine; the bundled one is started when none answers.
  ///
  /// @param host address such as `unix:///run/x.sock`, `tcp://h:2376`, `ssh://user@h`; absent for
  ///   the kind's default
  /// @param environment the process environment, for what a kind reads from it
  /// @throws EngineException.Unavailable when it cannot be reached or started
  /// @throws EngineException.Denied when this user may not
  Engine open(Optional<String> host, Map<String, String> environment);
}
