package jcompose.engine.dockerfile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses what was meant by a word that is not known.
final class Spelling {
  private static final int CLOSE = 2;

  private Spelling() {}

  static Optional<String> hint(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(it -> distance(wanted, it.toLowerCase(Locale.ROOT)) <= CLOSE)
        .min(Comparator.comparingInt(it -> distance(wanted, it.toLowerCase(Locale.ROOT))));
  }

  /// How many letters must be put in, taken out or replaced.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
