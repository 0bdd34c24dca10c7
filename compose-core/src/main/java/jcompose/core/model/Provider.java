package jcompose.core.model;

import java.util.List;
import java.util.SequencedMap;

/// A program that provides a service instead of a container.
public record Provider(String type, SequencedMap<String, List<String>> options) {
  public Provider {
    options = Copies.ordered(options);
  }
}
