package jcompose.cli.command;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.output.Failures;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.InvalidFlag;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.cli.verb.VerbGroup;
import jcompose.cli.verb.Verbs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Understands a command line and runs the command it names. Only verbs that the line contains are
/// registered with picocli, so that one command costs the loading of one command.
public final class Cli {
  private Cli() {}

  /// Runs one command.
  ///
  /// @return the exit code
  public static int run(List<String> arguments, Invocation invocation) {
    var options = new GlobalOptions();
    try (var session = new Session(invocation, options)) {
      var root = withHelp(new CommandLine(options));
      register(root, Commands.ALL, arguments, session);
      return configure(root, invocation)
          .setExecutionStrategy(parsed -> execute(parsed, session))
          .execute(arguments.toArray(String[]::new));
    }
  }

  /// Registers the verb that a line contains, and what stands behind it.
  private static void register(
      CommandLine parent, Verbs verbs, List<String> words, Session session) {
    int at = firstWord(parent, words);
    if (at == words.size()) {
      return;
    }
    String word = words.get(at);
    verbs
        .create(word, session)
        .ifPresent(
            command -> {
              var line = withHelp(new CommandLine(command));
              line.setStopAtPositional(verbs.endsInACommand(word));
              line.getCommandSpec().name(word);
              parent.addSubcommand(word, line);
              if (isGroup(parent)) {
                line.setOverwrittenOptionsAllowed(true); // docker takes the last of several
              }
              if (command instanceof VerbGroup group) {
                register(line, group.verbs(), words.subList(at + 1, words.size()), session);
              }
            });
  }

  /// Where the first word is that is neither an option nor an option's value.
  private static int firstWord(CommandLine command, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("-") || word.equals("-")) {
        return i;
      }
      OptionSpec option = command.getCommandSpec().findOption(word);
      if (option != null && option.arity().min() > 0) {
        i++;
      }
    }
    return words.size();
  }

  private static boolean isGroup(@Nullable CommandLine command) {
    return command != null && command.getCommandSpec().userObject() instanceof VerbGroup;
  }

  private static CommandLine withHelp(CommandLine command) {
    var help = OptionSpec.builder("--help").usageHelp(true).description("Shows this help");
    if (command.getCommandSpec().findOption("-h") == null) {
      help.names("-h", "--help");
    }
    command.getCommandSpec().addOption(help.build());
    return command;
  }

  private static CommandLine configure(CommandLine root, Invocation invocation) {
    return root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(110)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((e, _) -> misused(e, invocation))
        .setExecutionExceptionHandler((e, _, _) -> Failures.report(e, invocation));
  }

  private static int execute(CommandLine.ParseResult parsed, Session session) {
    Invocation invocation = session.invocation();
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandSpec spec = last.commandSpec();
    if (last.isUsageHelpRequested()) {
      HelpText.print(spec.commandLine(), invocation.output());
      return ExitStatus.OK;
    }
    if (session.options().version()) {
      return new VersionCommand(session).call();
    }
    if (spec.userObject() instanceof Callable<?> command && !(command instanceof VerbGroup)) {
      if (session.options().dryRun() && isGroup(spec.commandLine().getParent())) {
        return Failures.report(
            new UsageError("--dry-run is for projects: there is no plan of this"), invocation);
      }
      try {
        return (Integer) command.call();
      } catch (InvalidFlag e) {
        invocation.error().println(e.getMessage());
        invocation.error().println("See '" + spec.qualifiedName(" ") + " --help'.");
        return DockerMisuse.STATUS;
      } catch (Exception e) { // call() declares it
        return Failures.report(e, invocation);
      }
    }
    HelpText.print(spec.commandLine(), invocation.output());
    return ExitStatus.OK;
  }

  private static int misused(ParameterException error, Invocation invocation) {
    PrintStream err = invocation.error();
    CommandLine at = error.getCommandLine();
    if (at.getParent() != null
        && at.getParent().getCommandSpec().userObject() instanceof VerbGroup group) {
      return DockerMisuse.report(error, group.verbs(), err);
    }
    String path = at.getCommandSpec().qualifiedName(" ");
    if (error instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().getFirst();
      Verbs verbs =
          at.getCommandSpec().userObject() instanceof VerbGroup group
              ? group.verbs()
              : Commands.ALL;
      if (at.getParent() == null || isGroup(at)) {
        err.println("unknown command: \"" + word + "\" for \"" + path + "\"");
        verbs.nearest(word).ifPresent(it -> err.println("Did you mean \"" + it + "\"?"));
      } else {
        err.println("\"" + path + "\" takes no argument \"" + word + "\"");
      }
    } else if (error instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      err.println("unknown flag: " + word);
      unmatched.getSuggestions().stream()
          .findFirst()
          .ifPresent(it -> err.println("Did you mean \"" + it + "\"?"));
    } else {
      err.println(error.getMessage());
    }
    err.println("See '" + path + " --help'.");
    return ExitStatus.USAGE;
  }
}
