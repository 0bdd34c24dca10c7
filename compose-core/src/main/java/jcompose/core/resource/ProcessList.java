package jcompose.core.resource;

import java.util.List;

/// The processes of a container, as `ps` of the engine's machine tells them.
///
/// @param titles `UID`, `PID`, …, `CMD` last
/// @param rows as many cells each as there are titles
public record ProcessList(List<String> titles, List<List<String>> rows) {
  public ProcessList {
    titles = List.copyOf(titles);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
