package jcompose.engine.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.engine.dockerfile.Command;
import jcompose.engine.dockerfile.Instruction;
import jcompose.engine.dockerfile.KeyValue;
import jcompose.engine.dockerfile.PathNames;
import jcompose.engine.dockerfile.WordExpansion;
import jcompose.engine.oci.ContainerConfig;
import jcompose.engine.oci.ImageConfig;

/// The instructions that change an image's configuration and no file. Pure.
final class ConfigInstructions {
  private static final Pattern PORT =
      Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/([A-Za-z]+))?");
  private static final int MAX_PORT = 65_535;
  private static final Set<String> SIGNALS =
      Set.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "IOT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CLD", "CONT", "STOP", "TSTP", "TTIN",
          "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "POLL", "PWR", "SYS");

  private ConfigInstructions() {}

  /// What an instruction makes of a state.
  ///
  /// @param comment how the history tells it
  record Applied(ImageConfig image, String comment) {}

  /// @return absent when the instruction is not of this kind
  /// @throws IllegalArgumentException with the sentence to show when a value is wrong
  static Optional<Applied> apply(StageState state, Instruction instruction, WordExpansion words) {
    ImageConfig image = state.image();
    ContainerConfig config = state.config();
    ContainerConfig.Builder next = config.toBuilder();
    String comment;
    switch (instruction) {
      case Instruction.Env(var _, var values) -> {
        var expanded = expand(values, words);
        next.environment(merged(config.environment(), expanded));
        comment = "ENV " + pairs(expanded);
      }
      case Instruction.Label(var _, var values) -> {
        var labels = new LinkedHashMap<>(config.labels());
        var expanded = expand(values, words);
        expanded.forEach(it -> labels.put(it.name(), it.value()));
        next.labels(labels);
        comment = "LABEL " + pairs(expanded);
      }
      case Instruction.User(var _, String user) -> {
        String expanded = words.expand(user);
        next.user(expanded);
        comment = "USER " + expanded;
      }
      case Instruction.Cmd(var _, Command command) -> {
        List<String> list = commandLine(command, config);
        next.command(Optional.of(list));
        comment = "CMD " + shown(list);
      }
      case Instruction.Entrypoint(var _, Command command) -> {
        List<String> list = commandLine(command, config);
        next.entrypoint(Optional.of(list));
        if (!state.commandSet()) {
          next.command(Optional.empty());
        }
        comment = "ENTRYPOINT " + shown(list);
      }
      case Instruction.Expose(var _, List<String> ports) -> {
        var all = new LinkedHashSet<>(config.exposedPorts());
        var added = new ArrayList<String>();
        ports.forEach(it -> words.expandToWords(it).forEach(port -> added.addAll(ports(port))));
        all.addAll(added);
        next.exposedPorts(List.copyOf(all));
        comment = "EXPOSE " + String.join(" ", added);
      }
      case Instruction.Volume(var _, List<String> paths) -> {
        var all = new LinkedHashSet<>(config.volumes());
        List<String> added = paths.stream().map(words::expand).toList();
        if (added.stream().anyMatch(String::isBlank)) {
          throw new IllegalArgumentException("VOLUME specified can not be an empty string");
        }
        all.addAll(added);
        next.volumes(List.copyOf(all));
        comment = "VOLUME " + shown(added);
      }
      case Instruction.Shell(var _, List<String> shell) -> {
        next.shell(Optional.of(shell));
        comment = "SHELL " + shown(shell);
      }
      case Instruction.StopSignal(var _, String signal) -> {
        String expanded = words.expand(signal);
        next.stopSignal(Optional.of(signal(expanded)));
        comment = "STOPSIGNAL " + expanded;
      }
      case Instruction.Healthcheck(var _, var check) -> {
        next.healthCheck(Optional.of(check));
        comment = "HEALTHCHECK " + shown(check.test());
      }
      case Instruction.Onbuild(var _, String trigger) -> {
        var all = new ArrayList<>(config.onBuild());
        all.add(trigger);
        next.onBuild(all);
        comment = "ONBUILD " + trigger;
      }
      case Instruction.Maintainer(var _, String name) -> {
        return Optional.of(new Applied(image.withAuthor(name), "MAINTAINER " + name));
      }
      case Instruction.Workdir(var _, String path) -> {
        String folder = workingDirectory(config, words.expand(path));
        next.workingDirectory(folder);
        comment = "WORKDIR " + folder;
      }
      case Instruction.From _,
          Instruction.Arg _,
          Instruction.Run _,
          Instruction.Copy _,
          Instruction.Add _ -> {
        return Optional.empty();
      }
    }
    return Optional.of(new Applied(image.withConfig(next.build()), comment));
  }

  private static String workingDirectory(ContainerConfig config, String path) {
    if (path.isBlank()) {
      throw new IllegalArgumentException("cannot normalize nothing: WORKDIR is empty");
    }
    String before = config.workingDirectory().isEmpty() ? "/" : config.workingDirectory();
    return PathNames.resolve(before, path);
  }

  static List<String> shell(ContainerConfig config) {
    return config.shell().filter(it -> !it.isEmpty()).orElse(List.of("/bin/sh", "-c"));
  }

  private static List<String> commandLine(Command command, ContainerConfig config) {
    return switch (command) {
      case Command.Exec(List<String> words) -> words;
      case Command.Shell(String line) -> {
        var words = new ArrayList<>(shell(config));
        words.add(line);
        yield words;
      }
      case Command.Script _ -> throw new IllegalStateException("only RUN takes a heredoc");
    };
  }

  private static List<KeyValue> expand(List<KeyValue> pairs, WordExpansion words) {
    var expanded = new ArrayList<KeyValue>();
    for (KeyValue pair : pairs) {
      String name = words.expand(pair.name());
      if (name.isEmpty()) {
        throw new IllegalArgumentException("names can not be blank");
      }
      expanded.add(new KeyValue(name, words.expand(pair.value())));
    }
    return expanded;
  }

  private static List<String> merged(List<String> environment, List<KeyValue> values) {
    var merged = new ArrayList<>(environment);
    for (KeyValue value : values) {
      String entry = value.name() + "=" + value.value();
      int at = -1;
      for (int i = 0; i < merged.size(); i++) {
        if (merged.get(i).startsWith(value.name() + "=")) {
          at = i;
        }
      }
      if (at < 0) {
        merged.add(entry);
      } else {
        merged.set(at, entry);
      }
    }
    return merged;
  }

  private static List<String> ports(String text) {
    Matcher matcher = PORT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid containerPort: " + text);
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3).toLowerCase(Locale.ROOT);
    if (last < first || last > MAX_PORT || !Set.of("tcp", "udp", "sctp").contains(protocol)) {
      throw new IllegalArgumentException("invalid containerPort: " + text);
    }
    var ports = new ArrayList<String>();
    for (int port = first; port <= last; port++) {
      ports.add(port + "/" + protocol);
    }
    return ports;
  }

  private static String signal(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    name = name.startsWith("SIG") ? name.substring(3) : name;
    boolean number =
        text.matches("[0-9]{1,2}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 64;
    if (!number && !SIGNALS.contains(name) && !name.matches("RTM(IN(\\+\\d+)?|AX(-\\d+)?)")) {
      throw new IllegalArgumentException("Invalid signal: " + text);
    }
    return text;
  }

  private static String pairs(List<KeyValue> values) {
    return String.join(" ", values.stream().map(it -> it.name() + "=" + it.value()).toList());
  }

  static String shown(List<String> words) {
    var out = new StringBuilder("[");
    for (String word : words) {
      out.append(out.length() > 1 ? " " : "")
          .append('"')
          .append(word.replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"');
    }
    return out.append(']').toString();
  }
}
