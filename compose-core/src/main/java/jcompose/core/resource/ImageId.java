package jcompose.core.resource;

/// An image's id: the digest of its configuration, `sha256:` and 64 hex digits.
public record ImageId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
