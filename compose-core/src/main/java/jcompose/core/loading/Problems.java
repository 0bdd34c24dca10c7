package jcompose.core.loading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.Diagnostic.Severity;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.YamlPath;

/// Gathers what the phases find, each thing once.
final class Problems {
  private final Set<Diagnostic> found = new LinkedHashSet<>();
  private final Set<String> damaged = new LinkedHashSet<>();
  private final Set<SourceRange> wrong = new HashSet<>();
  private Optional<Reason> reason = Optional.empty();

  void error(String code, SourceRange range, String message, String... hints) {
    add(Diagnostic.error(code, range, message, hints));
  }

  void warning(String code, SourceRange range, String message, String... hints) {
    found.add(Diagnostic.warning(code, range, message, hints));
  }

  /// An error of a kind of its own, with no place in a file.
  void fail(Reason kind, String code, String message, String... hints) {
    found.add(new Diagnostic(Severity.ERROR, code, message, Optional.empty(), List.of(hints)));
    reason = reason.or(() -> Optional.of(kind));
  }

  void warn(String code, String message, String... hints) {
    found.add(new Diagnostic(Severity.WARNING, code, message, Optional.empty(), List.of(hints)));
  }

  void add(Diagnostic diagnostic) {
    add(Reason.INVALID, diagnostic);
  }

  void add(Reason kind, Diagnostic diagnostic) {
    found.add(diagnostic);
    if (diagnostic.severity() == Severity.ERROR) {
      diagnostic.range().ifPresent(wrong::add);
      reason = reason.or(() -> Optional.of(kind));
    }
  }

  /// A service of which something was dropped: what its own parts say of each other is not checked.
  void damage(String service) {
    damaged.add(service);
  }

  /// The same for the service that a value belongs to; a dot in its name costs no more than a check
  /// left out.
  void damageAt(YamlPath path) {
    String text = path.toString();
    if (text.startsWith("services.")) {
      int end = text.indexOf('.', "services.".length());
      damage(text.substring("services.".length(), end < 0 ? text.length() : end));
    }
  }

  /// Whether something is said of a value already.
  boolean isReported(SourceRange range) {
    return wrong.contains(range);
  }

  boolean isDamaged(String service) {
    return damaged.contains(service);
  }

  boolean any() {
    return reason.isPresent();
  }

  Reason reason() {
    return reason.orElse(Reason.INVALID);
  }

  List<Diagnostic> all() {
    return new ArrayList<>(found);
  }
}
