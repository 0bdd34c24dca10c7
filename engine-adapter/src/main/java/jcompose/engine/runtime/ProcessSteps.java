package jcompose.engine.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Steps that are system calls as they stand, by what they are for. The numbers are those of
/// prctl(2), capset(2) and keyctl(2).
final class ProcessSteps {
  private static final int PR_SET_KEEPCAPS = 8;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final long CAPABILITY_VERSION_3 = 0x20080522;
  private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;
  private static final int KEYCTL_SETPERM = 5;
  private static final int KEY_SPEC_SESSION_KEYRING = -3;
  private static final int KEY_POS_ALL = 0x3f000000;
  private static final int KEY_USR_VIEW_READ_SEARCH_LINK = 0x1b0000;

  /// Some kernels are built without them.
  private static final boolean KEYRINGS = Files.exists(Path.of("/proc/sys/kernel/keys"));

  private ProcessSteps() {}

  /// The session keyring of this name, made if need be: exec sessions join that of the container.
  static List<SetupStep> keyring(String name) {
    return KEYRINGS
        ? List.of(
            SetupStep.of("keyctl-join", KEYCTL_JOIN_SESSION_KEYRING, name),
            SetupStep.of(
                "keyctl",
                KEYCTL_SETPERM,
                KEY_SPEC_SESSION_KEYRING,
                KEY_POS_ALL | KEY_USR_VIEW_READ_SEARCH_LINK))
        : List.of();
  }

  static SetupStep limit(Ulimit limit) {
    return SetupStep.of(
        "prlimit", 0, limit.resource(), numbers(Long.BYTES, limit.soft(), limit.hard()));
  }

  static SetupStep noNewPrivileges() {
    return SetupStep.of("prctl", PR_SET_NO_NEW_PRIVS, 1);
  }

  static SetupStep seccomp(List<Long> program) {
    return SetupStep.of("seccomp", new SetupStep.Numbers(Long.BYTES, program));
  }

  /// Becomes a user; the capabilities that it may have stay, to be chosen from.
  static List<SetupStep> become(ResolvedUser user) {
    List<Long> groups = new ArrayList<>(List.of(user.gid()));
    groups.addAll(user.groups());
    return List.of(
        SetupStep.of("setgroups", groups.size(), new SetupStep.Numbers(Integer.BYTES, groups)),
        SetupStep.of("own-streams", user.uid()),
        SetupStep.of("prctl", PR_SET_KEEPCAPS, 1),
        SetupStep.of("setresgid", user.gid(), user.gid(), user.gid()),
        SetupStep.of("setresuid", user.uid(), user.uid(), user.uid()));
  }

  /// Effective and permitted are these; none is inheritable, and so none ambient.
  static SetupStep capabilities(long set) {
    long low = set & 0xffffffffL;
    long high = set >>> Integer.SIZE;
    return SetupStep.of(
        "capset",
        numbers(Integer.BYTES, CAPABILITY_VERSION_3, 0),
        numbers(Integer.BYTES, low, low, 0, high, high, 0));
  }

  private static SetupStep.Numbers numbers(int width, long... values) {
    return new SetupStep.Numbers(width, java.util.Arrays.stream(values).boxed().toList());
  }

  /// The value of a variable that is set.
  static Optional<String> variable(List<String> environment, String name) {
    return environment.stream()
        .filter(it -> it.startsWith(name + "="))
        .map(it -> it.substring(name.length() + 1))
        .findFirst();
  }
}
