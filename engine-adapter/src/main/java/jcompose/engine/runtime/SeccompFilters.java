package jcompose.engine.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jcompose.core.engine.EngineException;
import jcompose.engine.host.SystemCallFilter;

/// Filters of system calls as BPF programs, compiled once for each profile and set of capabilities.
final class SeccompFilters {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, List<Long>> compiled = new ConcurrentHashMap<>();

  /// @param profile empty for Docker's default, `unconfined`, or a profile in Docker's JSON
  /// @return instructions; empty for no filter
  List<Long> program(String profile, long capabilities) {
    if (profile.equals("unconfined")) {
      return List.of();
    }
    return compiled.computeIfAbsent(capabilities + profile, _ -> compile(profile, capabilities));
  }

  private static List<Long> compile(String profile, long capabilities) {
    try {
      JsonNode json = profile.isEmpty() ? defaultProfile() : JSON.readTree(profile);
      SeccompProfile parsed = SeccompProfile.parse(json, capabilities);
      return SystemCallFilter.compile(parsed.otherwise(), parsed.rules());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new EngineException.Invalid(
          "Decoding seccomp profile failed: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new EngineException.Failed("cannot make the seccomp filter: " + e.getMessage(), e);
    }
  }

  private static JsonNode defaultProfile() throws IOException {
    try (InputStream in = SeccompFilters.class.getResourceAsStream("seccomp-default.json")) {
      if (in == null) {
        throw new IOException("seccomp-default.json is missing from this build");
      }
      return JSON.readTree(in);
    }
  }
}
