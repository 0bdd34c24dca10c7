package jcompose.core.conversion;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import jcompose.core.model.Network;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.model.Volume;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ImageId;

/// What is written on containers, networks, volumes and images.
public final class LabelConversion {
  private LabelConversion() {}

  static SequencedMap<String, String> container(
      Project project,
      Service service,
      int number,
      Optional<ImageId> image,
      Optional<ContainerId> replaces) {
    var labels = new LinkedHashMap<String, String>(service.labels());
    labels.put(ComposeLabels.PROJECT, project.name());
    labels.put(ComposeLabels.SERVICE, service.name());
    labels.put(ComposeLabels.CONTAINER_NUMBER, Integer.toString(number));
    labels.put(ComposeLabels.ONE_OFF, "False");
    labels.put(ComposeLabels.CONFIG_HASH, ConfigHash.of(service));
    labels.put(ComposeLabels.IMAGE, image.map(ImageId::value).orElse(""));
    labels.put(ComposeLabels.DEPENDS_ON, dependsOn(service));
    labels.put(ComposeLabels.WORKING_DIR, project.workingDirectory().toString());
    labels.put(
        ComposeLabels.CONFIG_FILES,
        project.composeFiles().stream().map(Path::toString).collect(Collectors.joining(",")));
    labels.put(ComposeLabels.VERSION, ComposeLabels.VERSION_VALUE);
    replaces.ifPresent(it -> labels.put(ComposeLabels.REPLACE, it.value()));
    return labels;
  }

  private static String dependsOn(Service service) {
    return service.dependsOn().entrySet().stream()
        .map(
            it ->
                it.getKey()
                    + ":"
                    + it.getValue().condition().word()
                    + ":"
                    + it.getValue().restart())
        .collect(Collectors.joining(","));
  }

  static Map<String, String> network(Project project, Network network) {
    var labels = new LinkedHashMap<String, String>(network.labels());
    labels.put(ComposeLabels.NETWORK, network.key());
    return ofProject(project, labels);
  }

  static Map<String, String> volume(Project project, Volume volume) {
    var labels = new LinkedHashMap<String, String>(volume.labels());
    labels.put(ComposeLabels.VOLUME, volume.key());
    return ofProject(project, labels);
  }

  static Map<String, String> image(Project project, Service service, Map<String, String> own) {
    var labels = new LinkedHashMap<String, String>(own);
    labels.put(ComposeLabels.SERVICE, service.name());
    return ofProject(project, labels);
  }

  private static Map<String, String> ofProject(Project project, Map<String, String> labels) {
    labels.put(ComposeLabels.PROJECT, project.name());
    labels.put(ComposeLabels.VERSION, ComposeLabels.VERSION_VALUE);
    return labels;
  }
}
