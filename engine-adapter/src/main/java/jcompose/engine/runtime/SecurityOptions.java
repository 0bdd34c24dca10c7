package jcompose.engine.runtime;

import java.util.List;
import jcompose.core.engine.EngineException;

/// `--security-opt`, understood.
///
/// @param seccomp `""` for the default profile, `unconfined`, or a profile as JSON text
record SecurityOptions(boolean noNewPrivileges, String seccomp, boolean systemPathsUnconfined) {
  static SecurityOptions parse(List<String> options) {
    boolean noNewPrivileges = false;
    String seccomp = "";
    boolean unconfined = false;
    for (String option : options) {
      int separator = option.indexOf('=') >= 0 ? option.indexOf('=') : option.indexOf(':');
      String name = separator < 0 ? option : option.substring(0, separator);
      String value = separator < 0 ? "" : option.substring(separator + 1);
      switch (name) {
        case "no-new-privileges" -> noNewPrivileges = value.isEmpty() || value.equals("true");
        case "seccomp" -> seccomp = value.equals("builtin") ? "" : value;
        case "systempaths" -> unconfined = value.equals("unconfined");
        // without such a security module in use there is nothing to label or confine, and Docker
        // takes these too
        case "label", "apparmor", "writable-cgroups" -> {}
        default ->
            throw new EngineException.Invalid("invalid --security-opt 2: \"" + option + "\"");
      }
    }
    return new SecurityOptions(noNewPrivileges, seccomp, unconfined);
  }
}
