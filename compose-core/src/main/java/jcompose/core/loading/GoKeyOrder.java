package jcompose.core.loading;

import java.util.Comparator;

/// The order in which Go's YAML encoder writes keys: letters after all else, digits as the numbers
/// they are, so that `web2` comes before `web10`.
enum GoKeyOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int[] one = a.codePoints().toArray();
    int[] other = b.codePoints().toArray();
    boolean afterDigit = false;
    for (int i = 0; i < one.length && i < other.length; i++) {
      if (one[i] == other[i]) {
        afterDigit = Character.isDigit(one[i]);
        continue;
      }
      boolean letter = Character.isLetter(one[i]);
      boolean otherLetter = Character.isLetter(other[i]);
      if (letter && otherLetter) {
        return Integer.compare(one[i], other[i]);
      }
      if (letter || otherLetter) {
        return letter == afterDigit ? -1 : 1;
      }
      return numbers(one, other, i);
    }
    return Integer.compare(one.length, other.length);
  }

  /// Both differ at a place where neither has a letter.
  private static int numbers(int[] one, int[] other, int at) {
    long first = 0;
    if (one[at] == '0' || other[at] == '0') {
      for (int i = at - 1; i >= 0 && Character.isDigit(one[i]); i--) {
        if (one[i] != '0') {
          first = 1; // a zero inside a number counts
          break;
        }
      }
    }
    int end = endOfDigits(one, at);
    int otherEnd = endOfDigits(other, at);
    long number = number(one, at, end, first);
    long otherNumber = number(other, at, otherEnd, first);
    if (number != otherNumber) {
      return Long.compare(number, otherNumber);
    }
    return end != otherEnd ? Integer.compare(end, otherEnd) : Integer.compare(one[at], other[at]);
  }

  private static int endOfDigits(int[] text, int start) {
    int end = start;
    while (end < text.length && Character.isDigit(text[end])) {
      end++;
    }
    return end;
  }

  private static long number(int[] text, int start, int end, long first) {
    long number = first;
    for (int i = start; i < end; i++) {
      number = number * 10 + (text[i] - '0'); // overflows as in Go
    }
    return number;
  }
}
