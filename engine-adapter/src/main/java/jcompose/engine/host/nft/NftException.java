package jcompose.engine.host.nft;

/// nftables refused commands; none of them had an effect.
public final class NftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NftException(String message) {
    super(message);
  }

  NftException(String message, Throwable cause) {
    super(message, cause);
  }
}
