package jcompose.core.conversion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ProcessSpec;

/// How the container of a `run` differs from its service's own. It is no replica: `up` and `scale`
/// leave it alone.
///
/// @param slug tells it apart from other runs of the service
/// @param entrypoint given alone, the service's command goes too
/// @param environment `NAME=VALUE`, over the service's
/// @param servicePorts publishes the service's ports
/// @param useAliases answers to the service's names on its networks
/// @param terminal gives it a terminal
/// @param input keeps its standard input open for the one client that is attached
/// @param removeWhenExited the engine removes it once it has ended
public record OneOff(
    String service,
    ContainerName name,
    String slug,
    Optional<List<String>> entrypoint,
    List<String> command,
    List<String> environment,
    Optional<String> user,
    Optional<String> workingDirectory,
    Map<String, String> labels,
    boolean servicePorts,
    boolean useAliases,
    boolean terminal,
    boolean input,
    boolean removeWhenExited) {
  public OneOff {
    entrypoint = entrypoint.map(List::copyOf);
    command = List.copyOf(command);
    environment = List.copyOf(environment);
    labels = Map.copyOf(labels);
  }

  ProcessSpec process(ProcessSpec own) {
    boolean commandGiven = !command.isEmpty() || entrypoint.isPresent();
    var variables = new LinkedHashMap<String, String>();
    own.environment().forEach(it -> variables.put(nameOf(it), it));
    environment.forEach(it -> variables.put(nameOf(it), it));
    return new ProcessSpec(
        entrypoint.or(own::entrypoint),
        commandGiven ? Optional.of(command) : own.command(),
        List.copyOf(variables.values()),
        user.or(own::user),
        workingDirectory.or(own::workingDirectory),
        terminal,
        input,
        input);
  }

  private static String nameOf(String variable) {
    int equals = variable.indexOf('=');
    return equals < 0 ? variable : variable.substring(0, equals);
  }

  Map<String, String> labels(Map<String, String> own) {
    var all = new LinkedHashMap<>(own);
    all.putAll(labels);
    all.put(ComposeLabels.ONE_OFF, "True");
    all.put(ComposeLabels.SLUG, slug);
    return all;
  }
}
