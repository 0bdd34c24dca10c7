package jcompose.engine.daemon.api;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import jcompose.core.engine.EngineException;

/// The keys with which a client leaves a terminal without ending what runs there. They are looked
/// for within what one read brings and across reads; keys already passed on stay passed on.
final class DetachKeys {
  private static final byte[] DEFAULT = {16, 17}; // ctrl-p, ctrl-q

  private final byte[] keys;
  private int matched;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
  }

  static DetachKeys none() {
    return new DetachKeys(new byte[0]);
  }

  /// Reads `ctrl-a,b`; empty is the default.
  ///
  /// @throws EngineException.Invalid for an unknown key
  static DetachKeys parse(String text) {
    if (text.isEmpty()) {
      return new DetachKeys(DEFAULT);
    }
    var keys = new ByteArrayOutputStream();
    for (String key : text.split(",")) {
      if (key.length() == 1 && key.charAt(0) < 128) {
        keys.write(key.charAt(0));
        continue;
      }
      String name = key.toLowerCase(Locale.ROOT);
      char last = name.isEmpty() ? ' ' : name.charAt(name.length() - 1);
      int code = "@abcdefghijklmnopqrstuvwxyz[\\]^_".indexOf(last);
      if (!name.startsWith("ctrl-") || name.length() != 6 || code < 0) {
        throw new EngineException.Invalid("Invalid escape keys (" + text + ") provided");
      }
      keys.write(code);
    }
    return new DetachKeys(keys.toByteArray());
  }

  /// Whether the sequence ends within these bytes.
  boolean seen(byte[] bytes, int count) {
    if (keys.length == 0) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (bytes[i] == keys[matched]) {
        matched++;
        if (matched == keys.length) {
          matched = 0;
          return true;
        }
      } else {
        matched = bytes[i] == keys[0] ? 1 : 0;
      }
    }
    return false;
  }
}
