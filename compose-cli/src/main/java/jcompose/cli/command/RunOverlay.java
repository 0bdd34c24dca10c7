package jcompose.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jcompose.core.source.SourceFile;
import picocli.CommandLine.Option;

/// Flags of `run` that change the service itself. They become one more compose file over the
/// project's, so that they are read, checked and merged as what they stand for.
final class RunOverlay {
  @Option(names = "--cap-add", paramLabel = "CAP", description = "Add Linux capabilities")
  private List<String> capAdd = new ArrayList<>();

  @Option(names = "--cap-drop", paramLabel = "CAP", description = "Drop Linux capabilities")
  private List<String> capDrop = new ArrayList<>();

  @Option(
      names = {"-p", "--publish"},
      paramLabel = "PORT",
      description = "Publish a container's port(s) to the host")
  private List<String> ports = new ArrayList<>();

  @Option(
      names = {"-v", "--volume", "--volumes"},
      paramLabel = "VOLUME",
      description = "Bind mount a volume")
  private List<String> volumes = new ArrayList<>();

  boolean publishes() {
    return !ports.isEmpty();
  }

  /// @param folder of the caller, which relative paths count from
  Optional<SourceFile> file(String service, Path folder) {
    var keys = new ArrayList<String>();
    list(keys, "ports: !override", ports);
    list(keys, "volumes:", volumes.stream().map(it -> absolute(it, folder)).toList());
    list(keys, "cap_add:", capAdd);
    list(keys, "cap_drop:", capDrop);
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SourceFile(
                "(flags of run)",
                "services:\n  " + quoted(service) + ":\n" + String.join("", keys)));
  }

  private static String absolute(String volume, Path folder) {
    if (!volume.startsWith(".")) {
      return volume;
    }
    int colon = volume.indexOf(':');
    String source = colon < 0 ? volume : volume.substring(0, colon);
    String rest = colon < 0 ? "" : volume.substring(colon);
    return folder.resolve(source).normalize() + rest;
  }

  private static void list(List<String> keys, String key, List<String> values) {
    if (!values.isEmpty()) {
      keys.add(
          values.stream()
              .map(it -> "      - " + quoted(it) + "\n")
              .collect(Collectors.joining("", "    " + key + "\n", "")));
    }
  }

  /// As YAML and interpolation take it literally.
  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (char it : text.replace("$", "$$").toCharArray()) {
      if (it == '"' || it == '\\') {
        out.append('\\').append(it);
      } else if (it < ' ') {
        out.append("\\x%02x".formatted((int) it));
      } else {
        out.append(it);
      }
    }
    return out.append('"').toString();
  }
}
