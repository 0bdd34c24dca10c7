package jcompose.engine.local;

import java.util.Optional;

/// A mount of a container as it is shown and made: `bind`, `volume`, `tmpfs`, `image` or `content`.
///
/// @param name of the volume, else empty
/// @param source path on the host; the image's id for an image; empty for tmpfs
/// @param driver of the volume, else empty
/// @param mode as `-v` was given it: `ro`, `z`, `rw,rslave`
/// @param anonymous the volume was made for this container
/// @param copyUp an empty volume gets what the image has at the target
/// @param createSource a missing source becomes a folder
/// @param subpath a folder in the volume or image
/// @param tmpfsOptions as mount(8) takes them
public record ResolvedMount(
    String type,
    String name,
    String source,
    String target,
    String driver,
    String mode,
    boolean readOnly,
    String propagation,
    boolean anonymous,
    boolean copyUp,
    boolean createSource,
    Optional<String> subpath,
    Optional<String> tmpfsOptions) {

  /// One without name, driver and options.
  static ResolvedMount of(
      String type, String source, String target, String mode, boolean readOnly) {
    return new ResolvedMount(
        type,
        "",
        source,
        target,
        "",
        mode,
        readOnly,
        "",
        false,
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /// As clients know it: `content` is our own.
  public String shownType() {
    return type.equals(MountResolver.CONTENT) ? "tmpfs" : type;
  }
}
