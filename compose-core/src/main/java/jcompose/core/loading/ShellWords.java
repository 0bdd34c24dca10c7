package jcompose.core.loading;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;

/// Splits a command line into words as docker compose does: quotes and backslashes as in a shell,
/// no variables and no patterns; the line ends at an operator such as `|` or `>`.
public final class ShellWords {
  private static final String UNBALANCED = "invalid command line string";

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean started;

  private ShellWords(String line) {
    this.line = line;
  }

  /// @return the words, or why the line has none
  public static Either<String, List<String>> split(String line) {
    return new ShellWords(line).split();
  }

  private Either<String, List<String>> split() {
    boolean escaped = false;
    boolean single = false;
    boolean dbl = false;
    boolean back = false;
    boolean substitution = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean quoted = single || dbl || back || substitution;
      if (escaped) {
        add(c == 't' ? '\t' : c == 'n' ? '\n' : c);
        escaped = false;
      } else if (c == '\\' && !single) {
        escaped = true;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        if (quoted) {
          word.append(c);
        } else {
          end();
        }
      } else if (c == '"' && !single && !substitution) {
        dbl = !dbl;
        started |= !dbl;
      } else if (c == '\'' && !dbl && !substitution) {
        single = !single;
        started |= !single;
      } else if (c == '`' && !single && !dbl && !substitution) {
        back = !back;
        add(c);
      } else if (c == '(' && !single && !dbl && !back) {
        if (substitution || word.isEmpty() || word.charAt(word.length() - 1) != '$') {
          return Either.left(UNBALANCED);
        }
        substitution = true;
        word.append(c);
      } else if (c == ')' && !single && !dbl && !back) {
        substitution = !substitution;
        add(c);
      } else if (";&|<>".indexOf(c) >= 0 && !quoted) {
        if (c == '>' && !word.isEmpty() && Character.isDigit(word.charAt(0))) {
          started = false; // the number of a descriptor, not a word
        }
        break;
      } else {
        add(c);
      }
    }
    end();
    return escaped || single || dbl || back || substitution
        ? Either.left(UNBALANCED)
        : Either.right(words);
  }

  private void add(char c) {
    word.append(c);
    started = true;
  }

  private void end() {
    if (started) {
      words.add(word.toString());
    }
    word.setLength(0);
    started = false;
  }
}
