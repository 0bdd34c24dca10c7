package jcompose.engine.local;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.engine.build.ConfigChanges;
import jcompose.engine.oci.ContainerConfig;
import jcompose.engine.oci.HistoryEntry;
import jcompose.engine.oci.ImageConfig;
import jcompose.engine.snapshot.Layer;

/// Makes images of containers.
public final class ContainerCommits {
  private final Parts parts;

  ContainerCommits(Parts parts) {
    this.parts = parts;
  }

  /// @param pause whether a running container stands still meanwhile
  /// @param changes Dockerfile instructions for the configuration
  public record Request(
      Optional<ImageReference> tag,
      Optional<String> comment,
      Optional<String> author,
      boolean pause,
      List<String> changes) {}

  /// Makes an image of a container's files and configuration.
  public ImageId commit(String reference, Request request) {
    Container container = parts.index().get(reference);
    ContainerRecord record = container.record();
    ImageConfig base = parts.images().get(record.imageId().value()).config();
    ImageConfig changed =
        ConfigChanges.apply(base.withConfig(config(record, base)), request.changes());
    try (var _ = parts.images().hold(base.diffIds())) {
      Layer layer = layer(container, request.pause());
      Instant now = Instant.now();
      ImageConfig image =
          changed
              .withCreated(now)
              .with(
                  layer.diffId(),
                  new HistoryEntry(
                      Optional.of(now),
                      String.join(" ", record.merged().arguments()),
                      request.author(),
                      request.comment(),
                      false));
      image = request.author().map(image::withAuthor).orElse(image);
      ImageId made =
          parts
              .images()
              .create(
                  image,
                  request.tag().map(List::of).orElse(List.of()),
                  Optional.of(record.imageId()))
              .id();
      parts
          .events()
          .publish(
              record,
              "commit",
              Map.of(
                  "comment",
                  request.comment().orElse(""),
                  "imageID",
                  made.value(),
                  "imageRef",
                  request.tag().map(ImageReference::toString).orElse("")));
      return made;
    }
  }

  private Layer layer(Container container, boolean pause) {
    try (var _ = container.lock()) {
      var process = container.process();
      if (!pause || process == null || container.state().status() != ContainerState.RUNNING) {
        return parts.snapshots().commitCopy(container.id().value());
      }
      process.pause();
      try {
        return parts.snapshots().commitCopy(container.id().value());
      } finally {
        process.unpause();
      }
    }
  }

  private static ContainerConfig config(ContainerRecord record, ImageConfig base) {
    MergedConfig merged = record.merged();
    return base.config().toBuilder()
        .user(merged.user())
        .exposedPorts(merged.exposedPorts().stream().map(Object::toString).toList())
        .environment(merged.environment())
        .entrypoint(merged.entrypoint())
        .command(merged.command())
        .volumes(merged.volumes())
        .workingDirectory(merged.workingDirectory())
        .labels(merged.labels())
        .stopSignal(merged.stopSignal())
        .healthCheck(merged.healthCheck())
        .build();
  }
}
