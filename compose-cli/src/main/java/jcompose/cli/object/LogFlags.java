package jcompose.cli.object;

import java.time.Instant;
import java.util.Optional;
import jcompose.cli.settings.Arguments;
import jcompose.core.engine.LogRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags of both commands called `logs`: which lines are shown.
public final class LogFlags {
  @Option(
      names = {"-f", "--follow"},
      description = "Follow log output")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "string",
      description =
          "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for"
              + " 42 minutes)")
  private @Nullable String since;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "string",
      defaultValue = "all",
      description = "Number of lines to show from the end of the logs (default \"all\")")
  private String tail = "all";

  @Option(
      names = {"-t", "--timestamps"},
      description = "Show timestamps")
  private boolean timestamps;

  @Option(
      names = "--until",
      paramLabel = "string",
      description =
          "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\""
              + " for 42 minutes)")
  private @Nullable String until;

  public boolean follow() {
    return follow;
  }

  /// What is asked for now.
  ///
  /// @throws jcompose.cli.settings.UsageError for a time or number that is none
  public LogRequest request() {
    Instant now = Instant.now();
    return new LogRequest(
        follow,
        Arguments.tail(tail),
        Optional.ofNullable(since).map(it -> Arguments.time(it, now)),
        Optional.ofNullable(until).map(it -> Arguments.time(it, now)),
        timestamps);
  }
}
