package jcompose.engine.runtime;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.engine.host.Cgroup;

/// What a later daemon must know of a container to work with it, kept in its run folder.
///
/// @param id of the container
/// @param cgroup path below the hierarchies' mount points
/// @param ownProcesses whether its PID namespace is its own, so that all its processes end with the
///   first
record Bundle(
    String id,
    String cgroup,
    boolean ownProcesses,
    String user,
    String workingDirectory,
    Isolation isolation) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "container.json";

  void write(Path runFolder) throws IOException {
    Path fresh = runFolder.resolve(FILE + ".new");
    Files.write(fresh, JSON.writeValueAsBytes(this));
    Files.move(fresh, runFolder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  static Bundle read(Path runFolder) throws IOException {
    return JSON.readValue(Files.readAllBytes(runFolder.resolve(FILE)), new TypeReference<>() {});
  }

  String userOf(ExecSpec exec) {
    return exec.user().filter(name -> !name.isEmpty()).orElse(user);
  }

  /// The session keyring of a container: the engine's own, and other containers', are out of reach.
  static String keyring(String id) {
    return "_ses." + id;
  }

  /// The one list of an exec session.
  ///
  /// @param init the container's first process
  List<SetupStep> exec(ExecSpec exec, Cgroup group, int init, ResolvedUser resolved) {
    List<SetupStep> steps = new ArrayList<>();
    group.foldersOf(init).forEach(folder -> steps.add(SetupStep.joinCgroup(folder)));
    steps.add(isolation.oomScore());
    steps.addAll(ProcessSteps.keyring(keyring(id)));
    // not the PID namespace, which the monitor has entered
    steps.add(
        SetupStep.of(
            "enter",
            CloneFlags.NEWNS
                | CloneFlags.NEWUTS
                | CloneFlags.NEWIPC
                | CloneFlags.NEWNET
                | CloneFlags.NEWCGROUP));
    if (exec.tty()) {
      TerminalSize size = exec.terminalSize().orElse(new TerminalSize(0, 0));
      steps.add(SetupStep.of("terminal", size.rows(), size.columns()));
    }
    steps.addAll(
        isolation.become(
            resolved,
            exec.privileged() ? Capabilities.possible(Capabilities.ALL) : isolation.capabilities(),
            exec.privileged() ? Optional.empty() : isolation.seccomp(),
            exec.workingDirectory().filter(folder -> !folder.isEmpty()).orElse(workingDirectory),
            exec.environment(),
            exec.arguments()));
    return steps;
  }
}
