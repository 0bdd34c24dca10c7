package jcompose.engine.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ProcessList;

/// What `ps` says of some processes.
public final class ProcessTable {
  private ProcessTable() {}

  public static ProcessList of(List<Integer> pids, String arguments) {
    if (!arguments.matches("[A-Za-z0-9 =,%_.:-]*")) {
      throw new EngineException.Invalid("invalid ps arguments: " + arguments);
    }
    // Some options, such as f, do not go with a choice of processes: then all are looked at.
    List<String> lines =
        ps(arguments, pids, true).or(() -> ps(arguments, pids, false)).orElse(List.of());
    if (lines.isEmpty()) {
      throw new EngineException.Failed("ps printed nothing");
    }
    List<String> titles = List.of(lines.getFirst().strip().split("\\s+"));
    int pidColumn = titles.indexOf("PID");
    if (pidColumn < 0) {
      throw new EngineException.Failed("Couldn't find PID field in ps output");
    }
    Set<String> wanted = new HashSet<>(pids.stream().map(it -> it.toString()).toList());
    var rows = new ArrayList<List<String>>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = List.of(line.strip().split("\\s+", titles.size()));
      if (cells.size() == titles.size() && wanted.contains(cells.get(pidColumn))) {
        rows.add(cells);
      }
    }
    return new ProcessList(titles, rows);
  }

  /// @return empty when `ps` does not take these options with a choice of processes
  private static Optional<List<String>> ps(String arguments, List<Integer> pids, boolean chosen) {
    var command = new ArrayList<String>();
    command.add("ps");
    for (String word : arguments.split(" ")) {
      if (!word.isEmpty()) {
        command.add(word);
      }
    }
    if (chosen) {
      command.add("-q" + pids.stream().map(it -> it.toString()).collect(Collectors.joining(",")));
    }
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) {
        return Optional.of(output.lines().toList());
      }
      if (chosen) {
        return Optional.empty();
      }
      throw new EngineException.Failed(
          "ps: " + output.lines().filter(it -> !it.isBlank()).findFirst().orElse("failed"));
    } catch (IOException e) {
      throw new EngineException.Failed("cannot run ps for processes " + pids, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Failed("interrupted", e);
    }
  }
}
