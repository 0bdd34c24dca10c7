package jcompose.cli.output;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;

/// Decides how a string is written in YAML, as Go's encoder decides it.
final class YamlText {
  /// Words that YAML 1.1 or 1.2 reads as something else than a string.
  private static final Set<String> WORDS =
      Set.of(
          "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "y",
          "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off",
          "OFF", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
          "-.Inf", "-.INF");

  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*)"
              + "|[-+]?(?:\\.[0-9_]+|[0-9][0-9_]*(?:\\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d{1,2}-\\d{1,2}"
              + "(?:[Tt]\\d{1,2}:\\d{1,2}:\\d{1,2}(?:\\.\\d*)?(?:Z|[-+]\\d\\d:\\d\\d)"
              + "| \\d{1,2}:\\d{1,2}:\\d{1,2}(?:\\.\\d*)?)?");

  private YamlText() {}

  static String key(String text) {
    return text.indexOf('\n') >= 0 ? doubled(text) : oneLine(text);
  }

  /// @param indent of the key or dash that the value belongs to
  static String value(String text, int indent) {
    if (text.indexOf('\n') >= 0) {
      return isPrintable(text.replace("\t", "")) && !startsOrEndsBadly(text)
          ? literal(text, indent)
          : doubled(text);
    }
    return oneLine(text);
  }

  private static String oneLine(String text) {
    if (WORDS.contains(text) || NUMBER.matcher(text).matches() || isDate(text)) {
      return doubled(text);
    }
    if (text.indexOf('\u2028') >= 0 || text.indexOf('\u2029') >= 0) {
      return "'" + text.replace("'", "''") + "'"; // they end lines, which no plain text goes over
    }
    if (!isPrintable(text)) {
      return doubled(text);
    }
    return isPlain(text) ? text : "'" + text.replace("'", "''") + "'";
  }

  private static boolean isDate(String text) {
    if (!DATE.matcher(text).matches()) {
      return false;
    }
    String[] day = text.split("[-Tt ]", 4);
    try {
      LocalDate.of(Integer.parseInt(day[0]), Integer.parseInt(day[1]), Integer.parseInt(day[2]));
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isPlain(String text) {
    char first = text.charAt(0);
    if ("#,[]{}&*!|>'\"%@`".indexOf(first) >= 0
        || ("-?:".indexOf(first) >= 0 && (text.length() == 1 || isBlank(text.charAt(1))))
        || isBlank(first)
        || isBlank(text.charAt(text.length() - 1))
        || text.startsWith("---")
        || text.startsWith("...")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' && (i + 1 == text.length() || isBlank(text.charAt(i + 1)))) {
        return false;
      }
      if (c == '#' && i > 0 && isBlank(text.charAt(i - 1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isPrintable(String text) {
    return text.codePoints()
        .allMatch(
            it ->
                it == '\n'
                    || (it >= 0x20 && it <= 0x7e)
                    || (it >= 0xa0 && it <= 0xd7ff)
                    || (it >= 0xe000 && it <= 0xfffd && it != 0xfeff));
  }

  /// Blanks before the first or around the last line's end do not survive in a block.
  private static boolean startsOrEndsBadly(String text) {
    return text.startsWith("\n") || text.endsWith(" ") || text.contains(" \n") || text.isBlank();
  }

  private static String literal(String text, int indent) {
    var out = new StringBuilder("|");
    if (text.startsWith(" ")) {
      out.append(2);
    }
    if (!text.endsWith("\n")) {
      out.append('-');
    } else if (text.endsWith("\n\n")) {
      out.append('+');
    }
    out.append('\n');
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      out.append(line.isEmpty() ? "" : " ".repeat(indent + 2) + line).append('\n');
    }
    return out.toString();
  }

  private static String doubled(String text) {
    var out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            it -> {
              switch (it) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case 0 -> out.append("\\0");
                case 7 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case 0xb -> out.append("\\v");
                case '\f' -> out.append("\\f");
                case 0x1b -> out.append("\\e");
                case 0x85 -> out.append("\\N");
                case 0xa0 -> out.append("\\_");
                default -> {
                  if (it > 0xffff) {
                    out.append("\\U").append("%08X".formatted(it));
                  } else if (it < 0x20 || (it > 0x7e && it < 0xa0)) {
                    out.append("\\x").append("%02X".formatted(it));
                  } else if (it == 0xfeff || it == 0x2028 || it == 0x2029) {
                    out.append("\\u").append("%04X".formatted(it));
                  } else {
                    out.appendCodePoint(it);
                  }
                }
              }
            });
    return out.append('"').toString();
  }
}
