package jcompose.engine.archive;

/// What members named `.wh.…` mean.
///
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts">whiteouts</a>
public enum Whiteouts {
  /// Files like any other.
  PLAIN,
  /// Removals, written as overlayfs wants them: character device 0/0, and the attribute
  /// `trusted.overlay.opaque` of folders.
  OVERLAY
}
