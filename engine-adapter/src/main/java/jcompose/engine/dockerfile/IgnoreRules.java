package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;

/// What a .dockerignore file leaves out of the build context. The last rule that matches a path or
/// one of its parents decides.
///
/// @see <a
///   href="https://docs.docker.com/build/concepts/context/#dockerignore-files">.dockerignore</a>
public final class IgnoreRules {
  /// Leaves nothing out.
  public static final IgnoreRules NONE = new IgnoreRules(List.of());

  private final List<Rule> rules;
  private final boolean exceptions;

  private record Rule(PathPattern pattern, boolean exception) {}

  private IgnoreRules(List<Rule> rules) {
    this.rules = rules;
    this.exceptions = rules.stream().anyMatch(Rule::exception);
  }

  /// @throws IllegalArgumentException when a pattern is malformed
  public static IgnoreRules parse(String text) {
    var rules = new ArrayList<Rule>();
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (String line : body.lines().toList()) {
      String entry = line.strip();
      if (line.startsWith("#") || entry.isEmpty()) {
        continue;
      }
      boolean exception = entry.startsWith("!");
      String path = PathNames.clean(exception ? entry.substring(1).strip() : entry);
      while (path.startsWith("/")) {
        path = path.substring(1);
      }
      if (path.isEmpty() || path.equals(".")) {
        if (exception) {
          throw new IllegalArgumentException("illegal exclusion pattern: \"!\"");
        }
        continue;
      }
      rules.add(new Rule(PathPattern.compile(path, true), exception));
    }
    return new IgnoreRules(List.copyOf(rules));
  }

  /// The rules of several `--exclude` patterns.
  public static IgnoreRules of(List<String> patterns) {
    return parse(String.join("\n", patterns));
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /// Whether a later rule may take something back in below a folder that is left out, so that it
  /// has to be looked into.
  public boolean hasExceptions() {
    return exceptions;
  }

  /// @param path relative to the context's root, with `/`, without `.` and `..`
  public boolean excludes(String path) {
    boolean excluded = false;
    for (Rule rule : rules) {
      if (rule.exception() == excluded && matchesWithParents(rule.pattern(), path)) {
        excluded = !rule.exception();
      }
    }
    return excluded;
  }

  private static boolean matchesWithParents(PathPattern pattern, String path) {
    if (pattern.matches(path)) {
      return true;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (pattern.matches(path.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }
}
