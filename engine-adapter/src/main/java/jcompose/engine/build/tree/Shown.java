package jcompose.engine.build.tree;

import jcompose.engine.host.files.FileCalls;

/// Byte strings as text for messages.
final class Shown {
  private Shown() {}

  static String path(String bytes) {
    return FileCalls.shown(bytes);
  }
}
