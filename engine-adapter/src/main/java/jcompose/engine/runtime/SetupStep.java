package jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One thing the setting-up process does before it becomes the container's program. A list of them
/// is data: it is printed for debugging and kept as a golden file. The monitor's README says what
/// each does and in what order its arguments are sent.
sealed interface SetupStep {
  /// The name the monitor knows it by.
  String name();

  /// Its arguments as text; a `Seccomp` program is sent as bytes and only described here.
  List<String> arguments();

  /// A step whose arguments are all text.
  ///
  /// @param name the monitor's word
  record Plain(String name, List<String> arguments) implements SetupStep {
    public Plain {
      arguments = List.copyOf(arguments);
    }
  }

  /// Installs a filter of system calls.
  ///
  /// @param program BPF instructions, each as the number that its 8 bytes are to this processor
  record Seccomp(List<Long> program) implements SetupStep {
    public Seccomp {
      program = List.copyOf(program);
    }

    @Override
    public String name() {
      return "seccomp";
    }

    @Override
    public List<String> arguments() {
      return List.of(program.size() + " instructions");
    }
  }

  static SetupStep of(String name, Object... arguments) {
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return new Plain(name, words);
  }

  /// Moves the process into a control group.
  static SetupStep joinCgroup(Path folder) {
    return of("write", folder.resolve("cgroup.procs"), "0");
  }

  /// Becomes a program, looked for as execvp(3) does when its name has no slash.
  static SetupStep execute(List<String> words, List<String> environment) {
    String program = words.getFirst();
    List<Object> files = new ArrayList<>();
    if (program.contains("/")) {
      files.add(program);
    } else {
      String path =
          environment.stream().filter(it -> it.startsWith("PATH=")).findFirst().orElse("PATH=");
      for (String folder : path.substring(5).split(":")) {
        if (path.length() > 5) {
          files.add((folder.isEmpty() ? "." : folder) + "/" + program);
        }
      }
    }
    List<Object> arguments = new ArrayList<>(List.of(files.size()));
    arguments.addAll(files);
    arguments.addAll(words);
    return of("execute", arguments.toArray());
  }

  /// One line for people: `bind /src /dst 1 0`.
  default String describe() {
    StringBuilder line = new StringBuilder(name());
    for (String argument : arguments()) {
      line.append(' ')
          .append(argument.isEmpty() || argument.contains(" ") ? '"' + argument + '"' : argument);
    }
    return line.toString();
  }
}
