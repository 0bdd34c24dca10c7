package jcompose.core.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reads a text into trees. Whatever the text contains, it returns: with documents, problems, or
/// both.
public final class YamlReader {
  private static final String TAB = "\\t(TAB)";

  /// Characters read again for tabs, all in all.
  private static final long MOST_REREAD = 4_000_000;

  private final YamlLimits limits;

  public YamlReader(YamlLimits limits) {
    this.limits = limits;
  }

  public YamlResult read(SourceFile file) {
    String text = file.text();
    var problems = new ArrayList<Diagnostic>();
    var documents = new ArrayList<YamlNode>();
    if (text.length() > limits.characters()) {
      problems.add(
          Diagnostic.error(
              "yaml-too-large",
              point(file, 1, 1),
              "the file is too large: more than %d characters".formatted(limits.characters())));
      return new YamlResult(documents, problems);
    }
    String rest = text.startsWith("\uFEFF") ? text.substring(1) : text;
    long read = 0;
    while (true) {
      documents.clear();
      problems.clear();
      try {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        var parser = new ParserImpl(new StreamReader(rest), options);
        new Composer(file, parser, limits, documents, problems).compose();
      } catch (Composer.LimitException e) {
        problems.add(e.diagnostic());
      } catch (MarkedYAMLException e) {
        read += rest.length();
        Optional<String> spaced = read < MOST_REREAD ? withoutTab(rest, e) : Optional.empty();
        if (spaced.isPresent()) {
          rest = spaced.get();
          continue;
        }
        problems.add(syntaxError(file, e));
      } catch (ReaderException e) {
        problems.add(unreadable(file, e));
      } catch (YAMLException e) {
        problems.add(Diagnostic.error("yaml-syntax", point(file, 1, 1), "yaml: " + e.getMessage()));
      }
      return new YamlResult(documents, problems);
    }
  }

  /// A tab may stand between a key and its value, says YAML, but snakeyaml takes none there. The
  /// text with blanks in its place; absent where the tab indents, or something else is wrong.
  private static Optional<String> withoutTab(String text, MarkedYAMLException e) {
    if (e.getProblem() == null || !e.getProblem().contains(TAB) || e.getProblemMark() == null) {
      return Optional.empty();
    }
    int at = text.offsetByCodePoints(0, e.getProblemMark().getIndex());
    int end = at;
    while (end < text.length() && text.charAt(end) == '\t') {
      end++;
    }
    String before = text.substring(text.lastIndexOf('\n', at) + 1, at);
    return before.isBlank() || end == at
        ? Optional.empty()
        : Optional.of(text.substring(0, at) + " ".repeat(end - at) + text.substring(end));
  }

  private static Diagnostic syntaxError(SourceFile file, MarkedYAMLException e) {
    var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    if (mark != null
        && e.getContextMark() != null
        && file.line(mark.getLine() + 1).isBlank()
        && mark.getLine() != e.getContextMark().getLine()) {
      mark = e.getContextMark(); // at the end of the text there is nothing to show
    }
    SourceRange range =
        mark == null ? point(file, 1, 1) : point(file, mark.getLine() + 1, mark.getColumn() + 1);
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    String problem = e.getProblem() == null ? "cannot be read" : e.getProblem();
    List<String> hints = new ArrayList<>();
    if (file.line(range.line()).startsWith("\t") || problem.contains(TAB)) {
      hints.add("indent with spaces: YAML does not take tabs");
    }
    if (e.getContextMark() != null && e.getContextMark().getLine() + 1 != range.line()) {
      hints.add("it began in line " + (e.getContextMark().getLine() + 1));
    }
    return Diagnostic.error(
        "yaml-syntax", range, "yaml: " + context + problem, hints.toArray(String[]::new));
  }

  private static Diagnostic unreadable(SourceFile file, ReaderException e) {
    String before = file.text().substring(0, Math.min(e.getPosition(), file.text().length()));
    int line = (int) before.chars().filter(it -> it == '\n').count() + 1;
    int column = before.length() - (before.lastIndexOf('\n') + 1) + 1;
    return Diagnostic.error(
        "yaml-syntax",
        point(file, line, column),
        "yaml: control characters are not allowed: U+%04X".formatted(e.getCodePoint()));
  }

  private static SourceRange point(SourceFile file, int line, int column) {
    return new SourceRange(file, line, column, line, column + 1);
  }
}
