package jcompose.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.IsolationSpec;

/// What was asked for in isolation, resolved to numbers and Docker's defaults filled in. Kept in
/// the container's run folder, so that exec sessions of a later daemon get the same.
///
/// @param capabilities one bit each
/// @param seccompProgram BPF instructions in memory order; empty for no filter
/// @param groups additional ones, names or numbers
record Isolation(
    long capabilities,
    List<Long> seccompProgram,
    boolean noNewPrivileges,
    List<String> groups,
    Map<String, String> sysctls,
    List<Ulimit> limits,
    List<String> maskedPaths,
    List<String> readOnlyPaths,
    List<DeviceNode> devices,
    int oomScoreAdjust,
    boolean init) {

  static Isolation of(RuntimeSpec spec, SeccompFilters filters) {
    IsolationSpec asked = spec.isolation();
    SecurityOptions options = SecurityOptions.parse(asked.securityOptions());
    boolean privileged = asked.privileged();
    boolean open = privileged || options.systemPathsUnconfined();
    long capabilities =
        Capabilities.possible(
            privileged ? Capabilities.ALL : Capabilities.resolve(asked.capAdd(), asked.capDrop()));
    return new Isolation(
        capabilities,
        privileged ? List.of() : filters.program(options.seccomp(), capabilities),
        options.noNewPrivileges(),
        asked.groupAdd(),
        Sysctls.resolve(asked.sysctls(), spec.namespaces()),
        Ulimit.parse(asked.ulimits()),
        open ? List.of() : asked.maskedPaths().orElse(DefaultMounts.MASKED),
        open ? List.of() : asked.readOnlyPaths().orElse(DefaultMounts.READ_ONLY_PATHS),
        privileged ? DeviceNode.ofHost() : DeviceNode.resolve(asked.devices()),
        asked.oomScoreAdjust().orElse(0),
        asked.init().orElse(false));
  }

  /// Written always: the engine's own, which a service file may have set, is not the container's.
  SetupStep oomScore() {
    return SetupStep.of("write", "/proc/self/oom_score_adj", oomScoreAdjust);
  }

  List<SetupStep> deviceNodes() {
    return devices.stream().map(DeviceNode::step).toList();
  }

  Optional<List<Long>> seccomp() {
    return seccompProgram.isEmpty() ? Optional.empty() : Optional.of(seccompProgram);
  }

  /// The last steps of every program, the container's first and an exec session's alike. A filter
  /// is installed before capabilities are dropped, which installing it takes, unless
  /// no-new-privileges allows anyone to; it is then the last thing, so that it need not allow what
  /// the steps before it do.
  List<SetupStep> become(
      ResolvedUser user,
      long granted,
      Optional<List<Long>> filter,
      String workingDirectory,
      List<String> environment,
      List<String> arguments) {
    List<SetupStep> steps = new ArrayList<>();
    limits.forEach(limit -> steps.add(ProcessSteps.limit(limit)));
    steps.add(SetupStep.of("umask", 0022));
    if (noNewPrivileges) {
      steps.add(ProcessSteps.noNewPrivileges());
    }
    steps.add(SetupStep.of("bounding", granted));
    if (!noNewPrivileges) {
      filter.ifPresent(program -> steps.add(ProcessSteps.seccomp(program)));
    }
    steps.addAll(ProcessSteps.become(user));
    steps.add(SetupStep.of("working-directory", workingDirectory));
    steps.add(ProcessSteps.capabilities(granted));
    if (noNewPrivileges) {
      filter.ifPresent(program -> steps.add(ProcessSteps.seccomp(program)));
    }
    List<String> variables = new ArrayList<>(environment);
    if (ProcessSteps.variable(environment, "HOME").isEmpty()) {
      variables.add("HOME=" + user.home());
    }
    String path = ProcessSteps.variable(environment, "PATH").orElse("");
    steps.add(SetupStep.execute(arguments, variables, path));
    return steps;
  }
}
