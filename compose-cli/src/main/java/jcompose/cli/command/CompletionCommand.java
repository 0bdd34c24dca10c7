package jcompose.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import jcompose.cli.output.CompletionScript;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/// `jcompose completion`.
@Command(
    name = "completion",
    description = "Print a script that completes commands, options and services in a shell",
    sortOptions = false)
final class CompletionCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      description = {
        "bash, zsh or fish. To use it:",
        "bash: jcompose completion bash >/etc/bash_completion.d/jcompose",
        "zsh:  jcompose completion zsh >\"$${fpath[1]}/_jcompose\"",
        "fish: jcompose completion fish >~/.config/fish/completions/jcompose.fish"
      })
  private String shell = "";

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    SequencedMap<String, List<CompletionScript.Flag>> flags = new LinkedHashMap<>();
    for (String verb : Commands.summaries().keySet()) {
      Commands.create(verb, session)
          .ifPresent(it -> flags.put(verb, flags(new CommandLine(it).getCommandSpec())));
    }
    var script =
        new CompletionScript(
            Commands.summaries(),
            flags,
            flags(new CommandLine(new GlobalOptions()).getCommandSpec()));
    String text =
        switch (shell) {
          case "bash" -> script.bash();
          case "zsh" -> script.zsh();
          case "fish" -> script.fish();
          default ->
              throw new UsageError("unsupported shell \"" + shell + "\": use bash, zsh or fish");
        };
    session.invocation().output().print(text);
    session.invocation().output().flush();
    return ExitStatus.OK;
  }

  private static List<CompletionScript.Flag> flags(CommandSpec spec) {
    var flags = new ArrayList<CompletionScript.Flag>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String what = option.description().length == 0 ? "" : option.description()[0];
        flags.add(
            new CompletionScript.Flag(List.of(option.names()), what, option.arity().min() > 0));
      }
    }
    return flags;
  }
}
