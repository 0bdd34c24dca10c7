package jcompose.cli.watch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jcompose.core.model.WatchRule;
import jcompose.engine.dockerfile.IgnoreRules;

/// One rule of a service, and the files it is about.
final class WatchedRule {
  /// What editors leave beside the files they write, and version control.
  private static final List<String> NEVER =
      List.of("**/.git", "**/*~", "**/.*.sw?", "**/.#*", "**/4913", "**/.idea", "**/___jb_*___");

  private final String service;
  private final WatchRule rule;
  private final Path root;
  private final IgnoreRules never;
  private final IgnoreRules ignore;
  private final Optional<IgnoreRules> include;
  private final Optional<Path> context;
  private final IgnoreRules contextIgnore;

  /// @param context of the service's build, with what its .dockerignore leaves out
  WatchedRule(String service, WatchRule rule, Optional<Path> context, IgnoreRules contextIgnore) {
    this.service = service;
    this.rule = rule;
    this.root = Path.of(rule.path()).normalize();
    this.never = IgnoreRules.of(NEVER);
    this.ignore = IgnoreRules.of(rule.ignore());
    this.include =
        rule.include().isEmpty() ? Optional.empty() : Optional.of(IgnoreRules.of(rule.include()));
    this.context = context;
    this.contextIgnore = contextIgnore;
  }

  String service() {
    return service;
  }

  WatchRule rule() {
    return rule;
  }

  Path root() {
    return root;
  }

  /// Whether files below a folder can matter.
  boolean looksInto(Path folder) {
    return folder.startsWith(root) && (folder.equals(root) || !ignored(folder));
  }

  boolean matches(Path file) {
    if (file.equals(root)) {
      return true;
    }
    if (!file.startsWith(root) || ignored(file)) {
      return false;
    }
    String below = root.relativize(file).toString();
    return include.map(it -> it.excludes(below)).orElse(true); // excludes is the word for matches
  }

  private boolean ignored(Path file) {
    String below = root.relativize(file).toString();
    return never.excludes(below)
        || ignore.excludes(below)
        || context
            .filter(file::startsWith)
            .map(it -> contextIgnore.excludes(it.relativize(file).toString()))
            .orElse(false);
  }

  /// Where a file goes in the container; empty when the rule copies nothing.
  Optional<String> target(Path file) {
    return rule.target()
        .map(
            it ->
                file.equals(root)
                    ? it
                    : Path.of(it).resolve(root.relativize(file).toString()).toString());
  }
}
