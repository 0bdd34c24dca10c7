package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jcompose.core.engine.EngineException;

/// `--security-opt`, understood.
///
/// @param seccomp `""` for the default profile, `unconfined`, or a profile as JSON text
public record SecurityOptions(
    boolean noNewPrivileges, String seccomp, boolean systemPathsUnconfined) {
  /// @throws EngineException.Invalid for an option there is none of
  /// @throws EngineException.Unsupported for an AppArmor profile on a host that has AppArmor
  public static SecurityOptions parse(List<String> options) {
    boolean noNewPrivileges = false;
    String seccomp = "";
    boolean unconfined = false;
    for (String option : options) {
      int separator = option.indexOf('=') >= 0 ? option.indexOf('=') : option.indexOf(':');
      String name = separator < 0 ? option : option.substring(0, separator);
      String value = separator < 0 ? "" : option.substring(separator + 1);
      switch (name) {
        case "no-new-privileges" -> noNewPrivileges = flag(value, option);
        case "seccomp" -> seccomp = value.equals("builtin") ? "" : value;
        case "systempaths" -> unconfined = value.equals("unconfined");
        // without SELinux in use there is nothing to label, and Docker takes these too
        case "label", "writable-cgroups" -> {}
        case "apparmor" -> confinement(value);
        default ->
            throw new EngineException.Invalid("invalid --security-opt 2: \"" + option + "\"");
      }
    }
    return new SecurityOptions(noNewPrivileges, seccomp, unconfined);
  }

  private static boolean flag(String value, String option) {
    return switch (value) {
      case "", "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw new EngineException.Invalid("invalid --security-opt 2: \"" + option + "\"");
    };
  }

  /// Without AppArmor there is nothing to confine with, and Docker takes the option too; with it, a
  /// profile that would not be applied must not be taken for one that is.
  private static void confinement(String profile) {
    if (!profile.isEmpty() && !profile.equals("unconfined") && isAppArmorEnabled()) {
      throw new EngineException.Unsupported(
          "apparmor=" + profile + ": this engine applies no AppArmor profiles");
    }
  }

  private static boolean isAppArmorEnabled() {
    try {
      return Files.readString(Path.of("/sys/module/apparmor/parameters/enabled")).startsWith("Y");
    } catch (IOException e) {
      return false; // a kernel without it
    }
  }
}
