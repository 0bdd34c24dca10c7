package jcompose.engine.oci;

/// The digest of a layer's uncompressed tar: what the layer holds, whatever it was compressed with.
///
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-diffid">DiffID</a>
public record DiffId(Digest digest) {
  public static DiffId parse(String text) {
    return new DiffId(Digest.parse(text));
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
