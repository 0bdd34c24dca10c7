package jcompose.engine.oci;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An image's configuration. The digest of its JSON is the image's id.
///
/// @param config what containers of it run as
/// @param diffIds its layers, the lowest first; none for an image from scratch that has no file
/// @param history one entry a step; those that are not [HistoryEntry#emptyLayer()] go with the
///   layers in order
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">image
///   configuration</a>
public record ImageConfig(
    Platform platform,
    Optional<Instant> created,
    Optional<String> author,
    ContainerConfig config,
    List<DiffId> diffIds,
    List<HistoryEntry> history) {
  public ImageConfig {
    diffIds = List.copyOf(diffIds);
    history = List.copyOf(history);
  }

  /// An image from scratch: no layer, no history.
  public static ImageConfig scratch(Platform platform) {
    return new ImageConfig(
        platform, Optional.empty(), Optional.empty(), ContainerConfig.EMPTY, List.of(), List.of());
  }

  public ImageConfig withConfig(ContainerConfig value) {
    return new ImageConfig(platform, created, author, value, diffIds, history);
  }

  public ImageConfig withCreated(Instant value) {
    return new ImageConfig(platform, Optional.of(value), author, config, diffIds, history);
  }

  public ImageConfig withAuthor(String value) {
    return new ImageConfig(platform, created, Optional.of(value), config, diffIds, history);
  }

  /// This with one more step that changed no file.
  public ImageConfig with(HistoryEntry step) {
    return new ImageConfig(platform, created, author, config, diffIds, plus(history, step));
  }

  /// This with one more layer on top and the step that made it.
  public ImageConfig with(DiffId layer, HistoryEntry step) {
    return new ImageConfig(
        platform, created, author, config, plus(diffIds, layer), plus(history, step));
  }

  private static <T> List<T> plus(List<T> list, T one) {
    var all = new java.util.ArrayList<T>(list);
    all.add(one);
    return all;
  }
}
