package jcompose.engine.dockerfile;

import java.util.List;
import java.util.Optional;
import jcompose.core.resource.HealthCheck;
import jcompose.core.source.SourceRange;

/// One instruction of a Dockerfile. Texts are as written: variables are expanded when it runs,
/// because only then is their value known.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
public sealed interface Instruction {
  Origin origin();

  /// Where it stands.
  ///
  /// @param text on one line, continuations joined, without its heredocs
  record Origin(SourceRange range, String text) {}

  /// @param name the stage's, in lower case
  record From(Origin origin, String image, Optional<String> platform, Optional<String> name)
      implements Instruction {}

  record Arg(Origin origin, List<Definition> definitions) implements Instruction {
    public Arg {
      definitions = List.copyOf(definitions);
    }

    /// @param value absent when only the name is declared
    public record Definition(String name, Optional<String> value) {}
  }

  record Env(Origin origin, List<KeyValue> values) implements Instruction {
    public Env {
      values = List.copyOf(values);
    }
  }

  record Label(Origin origin, List<KeyValue> values) implements Instruction {
    public Label {
      values = List.copyOf(values);
    }
  }

  /// @param mounts the values of `--mount`, see [RunMount#parse]
  /// @param network `default`, `none` or `host`
  /// @param security `sandbox` or `insecure`
  record Run(
      Origin origin,
      Command command,
      List<String> mounts,
      Optional<String> network,
      Optional<String> security)
      implements Instruction {
    public Run {
      mounts = List.copyOf(mounts);
    }
  }

  /// @param from a stage, image or named context; absent for the build context
  record Copy(Origin origin, Transfer transfer, Optional<String> from) implements Instruction {}

  /// @param checksum `sha256:…`, of a remote file
  /// @param keepGitDir leaves `.git` in a remote repository
  /// @param unpack absent: local archives are extracted, remote ones are not
  record Add(
      Origin origin,
      Transfer transfer,
      Optional<String> checksum,
      boolean keepGitDir,
      Optional<Boolean> unpack)
      implements Instruction {}

  record Workdir(Origin origin, String path) implements Instruction {}

  record User(Origin origin, String user) implements Instruction {}

  record Cmd(Origin origin, Command command) implements Instruction {}

  record Entrypoint(Origin origin, Command command) implements Instruction {}

  record Expose(Origin origin, List<String> ports) implements Instruction {
    public Expose {
      ports = List.copyOf(ports);
    }
  }

  record Volume(Origin origin, List<String> paths) implements Instruction {
    public Volume {
      paths = List.copyOf(paths);
    }
  }

  record Shell(Origin origin, List<String> words) implements Instruction {
    public Shell {
      words = List.copyOf(words);
    }
  }

  record StopSignal(Origin origin, String signal) implements Instruction {}

  record Healthcheck(Origin origin, HealthCheck check) implements Instruction {}

  /// @param trigger the instruction's text, run in builds on top of this image
  record Onbuild(Origin origin, String trigger) implements Instruction {}

  record Maintainer(Origin origin, String name) implements Instruction {}

  /// What COPY and ADD have in common.
  ///
  /// @param sources patterns, and for ADD also URLs
  /// @param documents heredocs, copied as files besides the sources
  /// @param chown `user[:group]`
  /// @param chmod octal, or symbolic as chmod(1) takes it
  record Transfer(
      List<String> sources,
      List<Heredoc> documents,
      String destination,
      Optional<String> chown,
      Optional<String> chmod,
      boolean link,
      boolean parents,
      List<String> excludes) {
    public Transfer {
      sources = List.copyOf(sources);
      documents = List.copyOf(documents);
      excludes = List.copyOf(excludes);
    }
  }
}
