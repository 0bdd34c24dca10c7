package jcompose.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jcompose.cli.verb.Verb;
import jcompose.cli.verb.Verbs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Help texts of management verbs as the docker CLI prints them.
public final class DockerHelp {
  private static final int WIDTH = 79;
  private static final int GAP = 3;
  private static final int SLOP = 5;

  private DockerHelp() {}

  /// The verbs behind one.
  public static void group(String path, String summary, Verbs verbs, PrintStream out) {
    out.println("\nUsage:  " + path + " COMMAND\n\n" + summary + "\n\nCommands:");
    int widest = verbs.all().stream().mapToInt(it -> it.name().length()).max().orElse(0);
    for (Verb verb : verbs.all()) {
      String blanks = " ".repeat(Math.max(widest, 11) - verb.name().length() + 1);
      out.println("  " + verb.name() + blanks + verb.summary());
    }
    out.println("\nRun '" + path + " COMMAND --help' for more information on a command.");
  }

  /// The lines on how a verb is used, which docker repeats when it has too many or too few words.
  public static String usage(String path, Verb verb) {
    return ("\nUsage:  " + path + " " + verb.synopsis()).stripTrailing() + "\n\n" + verb.summary();
  }

  /// One of them, with its options.
  public static void verb(CommandSpec spec, Verb verb, List<String> aliases, PrintStream out) {
    String group = spec.parent().qualifiedName(" ") + " ";
    out.println(usage(group + verb.name(), verb));
    if (!aliases.isEmpty()) {
      var names = new ArrayList<String>(List.of(group + verb.name()));
      aliases.forEach(it -> names.add(group + it));
      out.println("\nAliases:\n  " + String.join(", ", names));
    }
    List<OptionSpec> options =
        spec.options().stream()
            .filter(it -> !it.hidden() && !it.usageHelp() && !it.inherited())
            .sorted(Comparator.comparing(DockerHelp::longName))
            .toList();
    if (options.isEmpty()) {
      return;
    }
    out.println("\nOptions:");
    int column = options.stream().mapToInt(it -> left(it).length()).max().orElse(0) + GAP;
    for (OptionSpec option : options) {
      var line = new StringBuilder(left(option));
      for (String each : option.description()) {
        for (String part : wrapped(each, WIDTH - column)) {
          out.println((line + " ".repeat(column - line.length()) + part).stripTrailing());
          line.setLength(0);
        }
      }
    }
  }

  /// ` -f, --filter filter`, where a letter that there is not leaves its room.
  private static String left(OptionSpec option) {
    String letter = option.shortestName();
    String names =
        letter.startsWith("--")
            ? "      " + longName(option)
            : "  " + letter + ", " + longName(option);
    return option.arity().min() == 0 ? names : names + " " + option.paramLabel();
  }

  /// The first of its long names: later ones are old.
  public static String longName(OptionSpec option) {
    return Stream.of(option.names())
        .filter(it -> it.startsWith("--"))
        .findFirst()
        .orElse(option.longestName());
  }

  /// Cut as pflag does it: at the last blank that leaves room, unless the rest would fit with it.
  private static List<String> wrapped(String text, int width) {
    var lines = new ArrayList<String>();
    String rest = text;
    while (rest.length() >= width) {
      int blank = rest.lastIndexOf(' ', width - SLOP - 1);
      if (blank <= 0) {
        break;
      }
      lines.add(rest.substring(0, blank));
      rest = rest.substring(blank + 1);
    }
    lines.add(rest);
    return lines;
  }
}
