package jcompose.cli.output;

import java.math.BigInteger;
import java.util.Comparator;

/// Names as people count: `web-2` before `web-10`, which docker's lists are in.
public enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
        int endOfLeft = endOfDigits(left, i);
        int endOfRight = endOfDigits(right, j);
        int byNumber =
            new BigInteger(left.substring(i, endOfLeft))
                .compareTo(new BigInteger(right.substring(j, endOfRight)));
        if (byNumber != 0) {
          return byNumber;
        }
        i = endOfLeft;
        j = endOfRight;
      } else if (left.charAt(i) != right.charAt(j)) {
        return Character.compare(left.charAt(i), right.charAt(j));
      } else {
        i++;
        j++;
      }
    }
    int byRest = Integer.compare(left.length() - i, right.length() - j);
    return byRest != 0 ? byRest : left.compareTo(right);
  }

  private static boolean isDigit(char each) {
    return each >= '0' && each <= '9';
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
