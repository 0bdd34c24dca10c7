package jcompose.cli.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.CommitSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags of both commands called `commit`.
public final class CommitFlags {
  @Option(
      names = {"-a", "--author"},
      paramLabel = "string",
      description = "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")")
  private @Nullable String author;

  @Option(
      names = {"-c", "--change"},
      paramLabel = "list",
      description = "Apply Dockerfile instruction to the created image")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = {"-m", "--message"},
      paramLabel = "string",
      description = "Commit message")
  private @Nullable String message;

  @Option(
      names = {"-p", "--pause"},
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Pause container during commit (default true)")
  private boolean pause = true;

  /// @param name of the image; absent for one without
  /// @throws jcompose.cli.settings.UsageError when the name is none
  public CommitSpec spec(Optional<String> name) {
    return new CommitSpec(
        name.map(References::image),
        Optional.ofNullable(author),
        Optional.ofNullable(message),
        pause,
        changes);
  }
}
