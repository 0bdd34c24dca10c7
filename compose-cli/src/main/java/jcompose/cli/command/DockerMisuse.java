package jcompose.cli.command;

import java.io.PrintStream;
import java.util.List;
import jcompose.cli.output.DockerHelp;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.verb.Verb;
import jcompose.cli.verb.Verbs;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with the line of a management verb, in docker's words and with its exit codes.
final class DockerMisuse {
  /// For flags; too many or too few words are plain failures.
  static final int STATUS = 125;

  private DockerMisuse() {}

  static int report(ParameterException error, Verbs verbs, PrintStream err) {
    CommandSpec spec = error.getCommandLine().getCommandSpec();
    String path = spec.qualifiedName(" ");
    String see = "See '" + path + " --help'.";
    boolean words =
        switch (error) {
          case UnmatchedArgumentException it -> !it.isUnknownOption();
          case MissingParameterException it ->
              it.getMissing().stream().noneMatch(ArgSpec::isOption);
          default -> false;
        };
    if (words) {
      Verb verb = verbs.find(spec.name()).orElseThrow();
      err.println("\"" + path + "\" " + wanted(spec.positionalParameters()) + ".");
      err.println(see);
      err.println(DockerHelp.usage(path, verb));
      return ExitStatus.FAILED;
    }
    err.println(sentence(error));
    err.println(see);
    return STATUS;
  }

  private static String sentence(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      String flag = unmatched.getUnmatched().getFirst();
      int equals = flag.indexOf('=');
      return flag.startsWith("--")
          ? "unknown flag: " + (equals < 0 ? flag : flag.substring(0, equals))
          : "unknown shorthand flag: '%s' in %s".formatted(flag.charAt(1), flag);
    }
    if (error instanceof MissingParameterException missing
        && missing.getMissing().getFirst() instanceof OptionSpec option) {
      return "flag needs an argument: " + DockerHelp.longName(option);
    }
    ArgSpec argument = error.getArgSpec();
    if (argument instanceof OptionSpec option && error.getValue() != null) {
      String why = error.getCause() == null ? "" : String.valueOf(error.getCause().getMessage());
      return "invalid argument \"%s\" for \"%s\" flag: %s"
          .formatted(
              error.getValue(),
              String.join(", ", option.names()),
              why.isEmpty() ? error.getMessage() : why);
    }
    return String.valueOf(error.getMessage());
  }

  /// How many words there must be.
  private static String wanted(List<PositionalParamSpec> words) {
    int least = words.stream().mapToInt(it -> it.arity().min()).sum();
    long most = words.stream().mapToLong(it -> it.arity().max()).sum();
    if (most == 0) {
      return "accepts no arguments";
    }
    if (least == most) {
      return "requires exactly " + counted(least);
    }
    if (most >= CommandLine.Range.valueOf("*").max()) {
      return "requires at least " + counted(least);
    }
    return least == 0
        ? "requires at most " + counted(most)
        : "requires at least %d and at most %s".formatted(least, counted(most));
  }

  private static String counted(long count) {
    return count + (count == 1 ? " argument" : " arguments");
  }
}
