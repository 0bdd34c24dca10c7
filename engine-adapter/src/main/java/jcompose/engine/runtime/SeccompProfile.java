package jcompose.engine.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import jcompose.core.engine.EngineException;
import jcompose.engine.host.SystemCallFilter;
import jcompose.engine.host.SystemCallFilter.Comparison;
import jcompose.engine.host.SystemCallFilter.Condition;
import jcompose.engine.host.SystemCallFilter.Rule;

/// A profile in the JSON that `--security-opt seccomp=` takes, read for one set of capabilities.
///
/// @param otherwise the action for calls without a rule
record SeccompProfile(int otherwise, List<Rule> rules) {
  private static final int EPERM = 1;

  SeccompProfile {
    rules = List.copyOf(rules);
  }

  static SeccompProfile parse(JsonNode json, long capabilities) {
    int errno = json.path("defaultErrnoRet").asInt(EPERM);
    List<Rule> rules = new ArrayList<>();
    for (JsonNode entry : json.path("syscalls")) {
      if (!applies(entry.path("includes"), entry.path("excludes"), capabilities)) {
        continue;
      }
      int action = action(entry.path("action").asText(), entry.path("errnoRet").asInt(EPERM));
      List<Condition> conditions = new ArrayList<>();
      for (JsonNode argument : entry.path("args")) {
        conditions.add(
            new Condition(
                argument.path("index").asInt(),
                comparison(argument.path("op").asText()),
                argument.path("value").asLong(),
                argument.path("valueTwo").asLong()));
      }
      if (entry.has("name")) {
        rules.add(new Rule(entry.path("name").asText(), action, conditions));
      }
      for (JsonNode name : entry.path("names")) {
        rules.add(new Rule(name.asText(), action, conditions));
      }
    }
    return new SeccompProfile(action(json.path("defaultAction").asText(), errno), rules);
  }

  private static boolean applies(JsonNode includes, JsonNode excludes, long capabilities) {
    String architecture =
        System.getProperty("os.arch").equals("aarch64") ? "arm64" : System.getProperty("os.arch");
    for (JsonNode capability : includes.path("caps")) {
      if (!Capabilities.has(capabilities, capability.asText())) {
        return false;
      }
    }
    for (JsonNode capability : excludes.path("caps")) {
      if (Capabilities.has(capabilities, capability.asText())) {
        return false;
      }
    }
    return (!includes.has("arches") || contains(includes.path("arches"), architecture))
        && !contains(excludes.path("arches"), architecture);
  }

  private static boolean contains(JsonNode words, String word) {
    for (JsonNode each : words) {
      if (each.asText().equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static int action(String word, int errno) {
    return switch (word) {
      case "SCMP_ACT_ALLOW" -> SystemCallFilter.ALLOW;
      case "SCMP_ACT_ERRNO" -> SystemCallFilter.errno(errno);
      case "SCMP_ACT_LOG" -> SystemCallFilter.LOG;
      case "SCMP_ACT_TRAP" -> SystemCallFilter.TRAP;
      case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> SystemCallFilter.KILL_THREAD;
      case "SCMP_ACT_KILL_PROCESS" -> SystemCallFilter.KILL_PROCESS;
      default ->
          throw new EngineException.Invalid("seccomp profile: unknown action \"" + word + "\"");
    };
  }

  private static Comparison comparison(String word) {
    return switch (word) {
      case "SCMP_CMP_NE" -> Comparison.NOT_EQUAL;
      case "SCMP_CMP_LT" -> Comparison.LESS;
      case "SCMP_CMP_LE" -> Comparison.LESS_OR_EQUAL;
      case "SCMP_CMP_EQ" -> Comparison.EQUAL;
      case "SCMP_CMP_GE" -> Comparison.GREATER_OR_EQUAL;
      case "SCMP_CMP_GT" -> Comparison.GREATER;
      case "SCMP_CMP_MASKED_EQ" -> Comparison.MASKED_EQUAL;
      default ->
          throw new EngineException.Invalid("seccomp profile: unknown comparison \"" + word + "\"");
    };
  }
}
