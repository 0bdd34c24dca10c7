package jcompose.engine.dockerfile;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;

/// The parser directives at the top of a file: comments of the form `# name=value`, before anything
/// else. A comment that is none ends them.
record Directives(Map<String, String> values, char escape) {
  private static final Pattern DIRECTIVE =
      Pattern.compile("\\s*#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");
  private static final List<String> KNOWN = List.of("syntax", "escape", "check");

  static Directives read(SourceFile file, List<String> lines) {
    var values = new HashMap<String, String>();
    for (int number = 0; number < lines.size(); number++) {
      String line = lines.get(number);
      Matcher matcher = DIRECTIVE.matcher(line);
      if (!matcher.matches()) {
        break;
      }
      String name = matcher.group(1).toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(name)) {
        break;
      }
      var range = new SourceRange(file, number + 1, 1, number + 1, line.length() + 1);
      if (values.putIfAbsent(name, matcher.group(2)) != null) {
        throw new DockerfileException(
            "duplicate-directive",
            range,
            "dockerfile parse error on line "
                + (number + 1)
                + ": only one "
                + name
                + " parser directive can be used");
      }
      if (name.equals("escape")
          && !values.get(name).equals("\\")
          && !values.get(name).equals("`")) {
        throw new DockerfileException(
            "invalid-escape",
            range,
            "dockerfile parse error on line "
                + (number + 1)
                + ": invalid escape token '"
                + values.get(name)
                + "' does not match ` or \\");
      }
    }
    return new Directives(values, values.getOrDefault("escape", "\\").charAt(0));
  }
}
