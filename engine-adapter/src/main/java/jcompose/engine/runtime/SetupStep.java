package jcompose.engine.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One thing the setting-up process does before it becomes the container's program. A list of them
/// is data: it is printed for debugging and kept as a golden file. The monitor's README says what
/// each does and in what order its arguments are sent.
///
/// @param name the monitor's word
record SetupStep(String name, List<Argument> arguments) {
  private static final int SHOWN = 8;

  SetupStep {
    arguments = List.copyOf(arguments);
  }

  /// What a step is given.
  sealed interface Argument {
    /// As it is sent.
    byte[] bytes();

    /// As it is shown.
    String describe();
  }

  record Text(String text) implements Argument {
    @Override
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String describe() {
      return text.isEmpty() || text.contains(" ") ? '"' + text + '"' : text;
    }
  }

  /// Numbers one after the other, as a system call takes a structure or an array of them.
  ///
  /// @param width bytes of each, 4 or 8, in this processor's order
  record Numbers(int width, List<Long> values) implements Argument {
    Numbers {
      values = List.copyOf(values);
    }

    @Override
    public byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(width * values.size()).order(ByteOrder.nativeOrder());
      for (long value : values) {
        if (width == Long.BYTES) {
          bytes.putLong(value);
        } else {
          bytes.putInt((int) value);
        }
      }
      return bytes.array();
    }

    @Override
    public String describe() {
      return values.size() > SHOWN ? "[" + values.size() + " numbers]" : values.toString();
    }
  }

  static SetupStep of(String name, Object... arguments) {
    List<Argument> all = new ArrayList<>();
    for (Object argument : arguments) {
      all.add(argument instanceof Argument ready ? ready : new Text(argument.toString()));
    }
    return new SetupStep(name, all);
  }

  /// Moves the process into a control group.
  static SetupStep joinCgroup(Path folder) {
    return of("write", folder.resolve("cgroup.procs"), "0");
  }

  /// Becomes a program, looked for as execvp(3) does when its name has no slash.
  ///
  /// @param path folders to look in, the value of `PATH`
  static SetupStep execute(List<String> words, List<String> environment, String path) {
    String program = words.getFirst();
    List<String> files = new ArrayList<>();
    if (program.contains("/")) {
      files.add(program);
    } else if (!path.isEmpty() && !program.isEmpty()) {
      for (String folder : path.split(":")) {
        files.add((folder.isEmpty() ? "." : folder) + "/" + program);
      }
    }
    List<Object> arguments = new ArrayList<>(List.of(files.size(), environment.size()));
    arguments.addAll(files);
    arguments.addAll(environment);
    arguments.addAll(words);
    return of("execute", arguments.toArray());
  }

  /// The text of an argument that is one.
  String text(int index) {
    return arguments.get(index) instanceof Text(String text)
        ? text
        : arguments.get(index).describe();
  }

  /// One line for people: `bind /src /dst 1 0`.
  String describe() {
    StringBuilder line = new StringBuilder(name());
    arguments.forEach(argument -> line.append(' ').append(argument.describe()));
    return line.toString();
  }
}
