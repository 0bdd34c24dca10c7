package jcompose.engine.local;

import java.util.List;
import java.util.Map;

/// What API clients ask for when they create a container and the port does not speak of.
///
/// @param attachStdin and its like: which streams the client said it would attach to; only shown
/// @param publishAllPorts gives each exposed port a free port of the host
/// @param binds as written; only shown, the spec's mounts count
/// @param links `container:alias`, on the default network
public record CreateOptions(
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    boolean publishAllPorts,
    boolean networkDisabled,
    List<String> binds,
    List<String> links,
    Map<String, String> annotations,
    List<Integer> consoleSize) {
  public static final CreateOptions NONE =
      new CreateOptions(
          false, false, false, false, false, List.of(), List.of(), Map.of(), List.of(0, 0));

  public CreateOptions {
    binds = List.copyOf(binds);
    links = List.copyOf(links);
    annotations = Map.copyOf(annotations);
    consoleSize = List.copyOf(consoleSize);
  }
}
