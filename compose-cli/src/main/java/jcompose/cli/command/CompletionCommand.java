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
import jcompose.cli.verb.Verb;
import jcompose.cli.verb.VerbGroup;
import jcompose.cli.verb.Verbs;
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
    SequencedMap<String, SequencedMap<String, String>> groups = new LinkedHashMap<>();
    for (Verb verb : Commands.ALL.all()) {
      Callable<Integer> command = Commands.ALL.create(verb.name(), session).orElseThrow();
      if (command instanceof VerbGroup group) {
        groups.put(verb.name(), summaries(group.verbs()));
        for (Verb nested : group.verbs().all()) {
          group
              .verbs()
              .create(nested.name(), session)
              .ifPresent(it -> flags.put(verb.name() + " " + nested.name(), flags(it)));
        }
      } else {
        flags.put(verb.name(), flags(command));
      }
    }
    var script =
        new CompletionScript(summaries(Commands.ALL), groups, flags, flags(new GlobalOptions()));
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

  private static SequencedMap<String, String> summaries(Verbs verbs) {
    var summaries = new LinkedHashMap<String, String>();
    verbs.all().forEach(it -> summaries.put(it.name(), it.summary()));
    return summaries;
  }

  private static List<CompletionScript.Flag> flags(Object command) {
    CommandSpec spec = new CommandLine(command).getCommandSpec();
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
