package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `<<NAME` in an instruction that announces a document below it.
record HeredocMark(String name, boolean stripTabs, boolean expand) {
  private static final Pattern MARK = Pattern.compile("\\d*<<(-?)([^<\\s]+)");
  private static final Set<String> TAKING = Set.of("RUN", "COPY", "ADD");

  /// All marks of an instruction, in order; none where the instruction takes no heredocs.
  static List<HeredocMark> in(String instruction, char escape) {
    String rest = instruction;
    String keyword = keyword(rest);
    if (keyword.equals("ONBUILD")) {
      rest = rest.substring(keyword.length()).stripLeading();
      keyword = keyword(rest);
    }
    if (!TAKING.contains(keyword)) {
      return List.of();
    }
    String arguments = rest.substring(keyword.length());
    if (JsonWords.parse(Flags.skip(arguments, escape)).isPresent()) {
      return List.of();
    }
    var marks = new ArrayList<HeredocMark>();
    for (String word : RawWords.split(arguments, escape)) {
      HeredocMark mark = of(word);
      if (mark != null) {
        marks.add(mark);
      }
    }
    return marks;
  }

  private static String keyword(String text) {
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end).toUpperCase(Locale.ROOT);
  }

  /// The mark that a word is, or null.
  static @org.jspecify.annotations.Nullable HeredocMark of(String word) {
    Matcher matcher = MARK.matcher(word);
    if (!matcher.matches()) {
      return null;
    }
    String quoted = matcher.group(2);
    String name = quoted.replaceAll("[\"'\\\\]", "");
    return name.isEmpty()
        ? null
        : new HeredocMark(name, !matcher.group(1).isEmpty(), name.equals(quoted));
  }
}
