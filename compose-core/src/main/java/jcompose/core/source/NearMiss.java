package jcompose.core.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds what a mistyped word was meant to be.
public final class NearMiss {
  private NearMiss() {}

  private static final int LONGEST = 100;
  private static final int MOST = 1000;

  /// The candidate that differs least, if it differs little: by a third of its letters at most.
  public static Optional<String> of(String word, Collection<String> candidates) {
    if (word.length() > LONGEST || candidates.size() > MOST) {
      return Optional.empty(); // a message is not worth the search
    }
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int allowed = Math.max(1, Math.min(word.length(), candidate.length()) / 3);
      int distance =
          distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT), allowed);
      boolean shares = distance < Math.max(word.length(), candidate.length());
      if (shares && distance <= allowed && distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /// Hint for a message, or nothing.
  public static String[] hint(String word, Collection<String> candidates) {
    return of(word, candidates)
        .map(it -> new String[] {"did you mean \"" + it + "\"?"})
        .orElseGet(() -> new String[0]);
  }

  /// Letters inserted, deleted, replaced or swapped with their neighbour; more than `limit` counts
  /// as one above it.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
