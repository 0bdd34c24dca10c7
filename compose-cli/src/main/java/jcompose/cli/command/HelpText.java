package jcompose.cli.command;

import java.io.PrintStream;
import jcompose.cli.output.DockerHelp;
import jcompose.cli.verb.Verb;
import jcompose.cli.verb.VerbGroup;
import jcompose.cli.verb.Verbs;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Help texts. That of the program as a whole lists every verb though none of their classes is
/// loaded; those of docker's management verbs look like docker's.
final class HelpText {
  private HelpText() {}

  static void print(CommandLine command, PrintStream out) {
    CommandLine parent = command.getParent();
    CommandSpec spec = command.getCommandSpec();
    if (spec.userObject() instanceof VerbGroup group) {
      DockerHelp.group(spec.qualifiedName(" "), summary(Commands.ALL, spec), group.verbs(), out);
    } else if (parent != null && parent.getCommandSpec().userObject() instanceof VerbGroup group) {
      Verbs verbs = group.verbs();
      Verb verb = verbs.find(spec.name()).orElseThrow();
      DockerHelp.verb(spec, verb, verbs.aliases(verb.name()), out);
    } else {
      if (parent == null) {
        addVerbs(command);
      }
      command.setUsageHelpWidth(110);
      command.usage(out);
    }
  }

  private static String summary(Verbs verbs, CommandSpec spec) {
    return verbs.find(spec.name()).map(Verb::summary).orElse("");
  }

  private static void addVerbs(CommandLine root) {
    for (Verb verb : Commands.ALL.all()) {
      if (!root.getSubcommands().containsKey(verb.name())) {
        CommandSpec line = CommandSpec.create();
        line.usageMessage().description(verb.summary());
        root.addSubcommand(verb.name(), line);
      }
    }
  }
}
