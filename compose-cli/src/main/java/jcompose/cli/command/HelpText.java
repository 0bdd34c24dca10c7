package jcompose.cli.command;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Help texts. That of the program as a whole lists every verb though none of their classes is
/// loaded.
final class HelpText {
  private HelpText() {}

  static void print(CommandLine command, PrintStream out) {
    if (command.getParent() == null) {
      addVerbs(command);
    }
    command.setUsageHelpWidth(110);
    command.usage(out);
  }

  private static void addVerbs(CommandLine root) {
    Commands.summaries()
        .forEach(
            (verb, summary) -> {
              if (!root.getSubcommands().containsKey(verb)) {
                CommandSpec line = CommandSpec.create();
                line.usageMessage().description(summary);
                root.addSubcommand(verb, line);
              }
            });
  }
}
