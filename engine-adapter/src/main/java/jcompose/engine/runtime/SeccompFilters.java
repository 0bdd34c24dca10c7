package jcompose.engine.runtime;

import java.util.List;

/// Filters of system calls as BPF programs.
final class SeccompFilters {
  List<Long> program(String profile, long capabilities) {
    return List.of();
  }
}
