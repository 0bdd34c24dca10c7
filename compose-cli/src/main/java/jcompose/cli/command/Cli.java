package jcompose.cli.command;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Session;
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
      for (String word : arguments) {
        if (Commands.isVerb(word) && !root.getSubcommands().containsKey(word)) {
          Commands.create(word, session)
              .ifPresent(it -> root.addSubcommand(word, subcommand(word, it)));
        }
      }
      return configure(root, invocation)
          .setExecutionStrategy(parsed -> execute(parsed, session))
          .execute(arguments.toArray(String[]::new));
    }
  }

  private static CommandLine subcommand(String verb, Callable<Integer> command) {
    return withHelp(new CommandLine(command)).setStopAtPositional(Commands.endsInACommand(verb));
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
    if (spec.userObject() instanceof Callable<?> command) {
      try {
        return (Integer) command.call();
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
    String path = at.getCommandSpec().qualifiedName(" ");
    if (error instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().getFirst();
      if (at.getParent() == null) {
        err.println("unknown command: \"" + word + "\" for \"" + path + "\"");
        Commands.nearest(word).ifPresent(it -> err.println("Did you mean \"" + it + "\"?"));
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
