package jcompose.cli.verb;

import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import picocli.CommandLine.Command;

/// A verb that others stand behind, as docker has them: `jcompose network ls`. By itself it shows
/// its help.
@Command(sortOptions = false)
public final class VerbGroup implements Callable<Integer> {
  private final Verbs verbs;

  public VerbGroup(Verbs verbs) {
    this.verbs = verbs;
  }

  public Verbs verbs() {
    return verbs;
  }

  /// Its help is all there is to it, which whoever calls commands prints.
  @Override
  public Integer call() {
    return ExitStatus.OK;
  }
}
