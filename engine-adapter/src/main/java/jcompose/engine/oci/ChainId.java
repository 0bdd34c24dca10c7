package jcompose.engine.oci;

import java.util.List;
import java.util.Optional;

/// Names a stack of layers: the digest of the chain id below, a space, and the diff id on top.
///
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid">ChainID</a>
public record ChainId(Digest digest) {
  /// The chain id of these layers, the lowest first; absent for none.
  public static Optional<ChainId> of(List<DiffId> layers) {
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    ChainId chain = new ChainId(layers.getFirst().digest());
    for (DiffId layer : layers.subList(1, layers.size())) {
      chain = chain.with(layer);
    }
    return Optional.of(chain);
  }

  /// The chain id of this stack with one more layer on top.
  public ChainId with(DiffId layer) {
    return new ChainId(Digest.of(digest + " " + layer));
  }

  @Override
  public String toString() {
    return digest.toString();
  }
}
