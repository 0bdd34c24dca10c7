package jcompose.cli.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.UsageError;
import jcompose.core.interpolation.EnvFile;
import jcompose.core.source.SourceFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who a program runs as, where, and with which variables: the same for a container's own and for
/// one beside it.
final class ProcessFlags {
  @Option(
      names = {"-i", "--interactive"},
      description = "Keep STDIN open even if not attached")
  private boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "Allocate a pseudo-TTY")
  private boolean terminal;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "list",
      description = "Set environment variables; a name alone takes the caller's value")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "list",
      description = "Read in a file of environment variables")
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "string",
      description = "Username or UID (format: <name|uid>[:<group|gid>])")
  private @Nullable String user;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "string",
      description = "Working directory inside the container")
  private @Nullable String folder;

  boolean interactive() {
    return interactive;
  }

  boolean terminal() {
    return terminal;
  }

  Optional<String> user() {
    return Values.text(user);
  }

  Optional<String> folder() {
    return Values.text(folder);
  }

  /// Those of files, and over them those of flags.
  List<String> variables(Invocation invocation) {
    var all = new ArrayList<String>();
    for (String file : files) {
      read(invocation, file)
          .entries()
          .forEach(
              (name, entry) ->
                  entry
                      .value()
                      .or(() -> Optional.ofNullable(invocation.environment().get(name)))
                      .ifPresent(it -> all.add(name + "=" + it)));
    }
    all.addAll(given(invocation.environment()));
    return all;
  }

  private List<String> given(Map<String, String> own) {
    var given = new ArrayList<String>();
    for (String flag : environment) {
      if (flag.isEmpty() || flag.startsWith("=")) {
        throw new UsageError("invalid environment variable: " + flag);
      }
      String value = own.get(flag);
      if (flag.contains("=")) {
        given.add(flag);
      } else if (value != null) {
        given.add(flag + "=" + value);
      }
    }
    return given;
  }

  private static EnvFile read(Invocation invocation, String name) {
    Path file = GlobalOptions.resolve(invocation, name);
    try {
      EnvFile read = EnvFile.parseRaw(new SourceFile(name, Files.readString(file)));
      read.problems().stream()
          .findFirst()
          .ifPresent(
              it -> {
                throw new UsageError(it.render());
              });
      return read;
    } catch (IOException e) {
      throw new UsageError("cannot read " + file + ": " + e.getMessage());
    }
  }
}
