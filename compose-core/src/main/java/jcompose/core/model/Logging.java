package jcompose.core.model;

import java.util.Optional;
import java.util.SequencedMap;

/// Where an engine puts what a container prints.
public record Logging(Optional<String> driver, SequencedMap<String, String> options) {
  public Logging {
    options = Copies.ordered(options);
  }
}
