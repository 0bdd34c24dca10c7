package jcompose.cli.console;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import jcompose.cli.settings.UsageError;

/// Keys on their way to a program, watched for those that leave it alone: ctrl-p, ctrl-q unless
/// others are wanted. They are passed on too, because the daemon acts on them.
public final class DetachableInput extends FilterInputStream {
  private static final byte[] USUAL = {16, 17};

  private final byte[] sequence;
  private int matched;
  private volatile boolean detached;

  public DetachableInput(InputStream keys) {
    this(keys, USUAL);
  }

  public DetachableInput(InputStream keys, byte[] sequence) {
    super(keys);
    this.sequence = sequence.clone();
  }

  /// Keys as people write them: `ctrl-a,d`. Empty for the usual ones.
  ///
  /// @throws UsageError for a word that is no key
  public static byte[] sequence(String text) {
    if (text.isEmpty()) {
      return USUAL.clone();
    }
    String[] words = text.split(",", -1);
    byte[] keys = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      keys[i] = key(words[i]);
    }
    return keys;
  }

  private static byte key(String word) {
    if (word.length() == 1) {
      return (byte) word.charAt(0);
    }
    if (word.length() == "ctrl-x".length() && word.startsWith("ctrl-")) {
      char key = word.charAt(word.length() - 1);
      if (key >= 'a' && key <= 'z') {
        return (byte) (key - 'a' + 1);
      }
      int other = "@[\\]^_".indexOf(key);
      if (other >= 0) {
        return (byte) (other == 0 ? 0 : 26 + other);
      }
    }
    throw new UsageError(
        "invalid detach keys: \"" + word + "\" is no key: write one character, or ctrl- and one");
  }

  public boolean detached() {
    return detached;
  }

  @Override
  public int read() throws IOException {
    int key = super.read();
    watch(key);
    return key;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    for (int i = 0; i < count; i++) {
      watch(into[offset + i]);
    }
    return count;
  }

  private void watch(int key) {
    if (key == sequence[matched]) {
      matched++;
    } else {
      matched = key == sequence[0] ? 1 : 0;
    }
    if (matched == sequence.length) {
      detached = true;
      matched = 0;
    }
  }
}
