package jcompose.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ContainerSummary;

/// `ls`: the projects of an engine.
public final class ProjectList {
  private ProjectList() {}

  /// @param status counted states, such as `exited(1), running(2)`
  public record Entry(String name, String status, String configFiles) {}

  /// @param all also those of which no container runs
  public static List<Entry> of(List<ContainerSummary> containers, boolean all) {
    Map<String, List<ContainerSummary>> byProject = new TreeMap<>();
    for (ContainerSummary it : containers) {
      String project = it.labels().get(ComposeLabels.PROJECT);
      if (project != null && !"True".equals(it.labels().get(ComposeLabels.ONE_OFF))) {
        byProject.computeIfAbsent(project, _ -> new ArrayList<>()).add(it);
      }
    }
    var entries = new ArrayList<Entry>();
    byProject.forEach(
        (name, members) -> {
          if (all || members.stream().anyMatch(it -> it.state() == ContainerState.RUNNING)) {
            String status =
                members.stream()
                    .collect(
                        Collectors.groupingBy(
                            it -> it.state().word(), TreeMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .map(it -> it.getKey() + "(" + it.getValue() + ")")
                    .collect(Collectors.joining(", "));
            String files =
                members.stream()
                    .map(it -> it.labels().getOrDefault(ComposeLabels.CONFIG_FILES, ""))
                    .distinct()
                    .collect(Collectors.joining(","));
            entries.add(new Entry(name, status, files.isEmpty() ? "N/A" : files));
          }
        });
    return entries;
  }

  public static void print(List<Entry> entries, PrintStream out, boolean asJson, boolean quiet) {
    if (quiet) {
      entries.forEach(it -> out.println(it.name()));
      return;
    }
    if (!asJson) {
      var table = new Table("NAME", "STATUS", "CONFIG FILES");
      entries.forEach(it -> table.row(it.name(), it.status(), it.configFiles()));
      table.print(out);
      return;
    }
    var text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(text)) {
      json.writeStartArray();
      for (Entry it : entries) {
        json.writeStartObject();
        json.writeStringField("Name", it.name());
        json.writeStringField("Status", it.status());
        json.writeStringField("ConfigFiles", it.configFiles());
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    out.println(text);
  }
}
