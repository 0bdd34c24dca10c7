package jcompose.engine.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jcompose.core.engine.EngineException;

/// The patterns of a .dockerignore file. A pattern matches a path and all below it; the last one
/// that matches decides, and those that begin with `!` take paths back in.
///
/// @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">.dockerignore
///   files</a>
final class IgnorePatterns {
  static final IgnorePatterns NONE = new IgnorePatterns(List.of());

  private record Rule(Pattern pattern, boolean exception) {}

  private final List<Rule> rules;

  private IgnorePatterns(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  static IgnorePatterns parse(String text) {
    List<Rule> rules = new ArrayList<>();
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    for (String line : content.lines().toList()) {
      String pattern = line.strip();
      if (pattern.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean exception = pattern.startsWith("!");
      String path = clean(exception ? pattern.substring(1).strip() : pattern);
      if (path.isEmpty()) {
        continue;
      }
      try {
        rules.add(new Rule(Pattern.compile(regex(path)), exception));
      } catch (PatternSyntaxException e) {
        throw new EngineException.Invalid(
            ".dockerignore: the pattern '" + pattern + "' is wrong: " + e.getDescription());
      }
    }
    return new IgnorePatterns(rules);
  }

  boolean hasExceptions() {
    return rules.stream().anyMatch(Rule::exception);
  }

  /// @param path relative to the context, with slashes
  boolean matches(String path) {
    boolean ignored = false;
    for (Rule rule : rules) {
      if (rule.exception() == ignored && rule.pattern().matcher(path).matches()) {
        ignored = !rule.exception();
      }
    }
    return ignored;
  }

  /// Without what changes nothing: slashes at either end, `.` and `..` steps.
  private static String clean(String path) {
    List<String> steps = new ArrayList<>();
    for (String step : path.split("/")) {
      if (step.equals("..")) {
        if (!steps.isEmpty()) {
          steps.removeLast();
        }
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    return String.join("/", steps);
  }

  private static String regex(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          if (i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
            i++;
            boolean slash = i + 1 < glob.length() && glob.charAt(i + 1) == '/';
            if (slash) {
              i++;
            }
            regex.append(slash ? "(?:.*/)?" : ".*");
          } else {
            regex.append("[^/]*");
          }
        }
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            throw new PatternSyntaxException("a bracket is not closed", glob, i);
          }
          regex.append('[');
          regex.append(
              glob.substring(i + 1, end)
                  .replace("\\", "\\\\")
                  .replace("[", "\\[")
                  .replace("&&", "&\\&"));
          regex.append(']');
          i = end;
        }
        case '\\' -> {
          if (i + 1 < glob.length()) {
            i++;
            regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
          }
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.append("(?:/.*)?").toString();
  }
}
