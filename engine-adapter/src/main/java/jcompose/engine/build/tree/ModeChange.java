package jcompose.engine.build.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `--chmod` says: `755`, or `u=rwX,go=rX` as chmod(1) takes it.
public final class ModeChange {
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,4}");
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=][rwxXst]*)+)");
  private static final Pattern ACTION = Pattern.compile("([-+=])([rwxXst]*)");

  private final int octal;
  private final List<Action> actions;

  private record Action(String who, char operator, String permissions) {}

  private ModeChange(int octal, List<Action> actions) {
    this.octal = octal;
    this.actions = actions;
  }

  /// @throws IllegalArgumentException when it is neither
  public static ModeChange parse(String text) {
    if (OCTAL.matcher(text).matches()) {
      return new ModeChange(Integer.parseInt(text, 8), List.of());
    }
    var actions = new ArrayList<Action>();
    for (String clause : text.split(",", -1)) {
      Matcher matcher = CLAUSE.matcher(clause);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "invalid chmod parameter: '"
                + text
                + "'. it should be octal string and between 0 and"
                + " 07777, or symbolic such as u=rwX,go=rX");
      }
      String who = matcher.group(1).isEmpty() ? "a" : matcher.group(1);
      Matcher action = ACTION.matcher(matcher.group(2));
      while (action.find()) {
        actions.add(new Action(who, action.group(1).charAt(0), action.group(2)));
      }
    }
    return new ModeChange(-1, actions);
  }

  public int apply(int permissions, boolean folder) {
    if (octal >= 0) {
      return octal;
    }
    int mode = permissions;
    for (Action action : actions) {
      int bits = bits(action, mode, folder);
      mode =
          switch (action.operator()) {
            case '+' -> mode | bits;
            case '-' -> mode & ~bits;
            default -> (mode & ~mask(action.who())) | bits;
          };
    }
    return mode;
  }

  private static int mask(String who) {
    int mask = 0;
    for (int i = 0; i < who.length(); i++) {
      mask |=
          switch (who.charAt(i)) {
            case 'u' -> 04700;
            case 'g' -> 02070;
            case 'o' -> 01007;
            default -> 07777;
          };
    }
    return mask;
  }

  private static int bits(Action action, int mode, boolean folder) {
    int bits = 0;
    for (int i = 0; i < action.permissions().length(); i++) {
      bits |=
          switch (action.permissions().charAt(i)) {
            case 'r' -> 0444;
            case 'w' -> 0222;
            case 'x' -> 0111;
            case 'X' -> folder || (mode & 0111) != 0 ? 0111 : 0;
            case 's' -> 06000;
            default -> 01000;
          };
    }
    return bits & mask(action.who());
  }
}
