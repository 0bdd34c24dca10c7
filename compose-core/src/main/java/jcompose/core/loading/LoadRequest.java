package jcompose.core.loading;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jcompose.core.source.SourceFile;

/// What to load, as the command line and the environment ask for it.
///
/// @param workingDirectory the folder of the caller, absolute
/// @param files `-f`, in order; `-` for standard input; empty for COMPOSE_FILE or the default
///   names, searched upwards
/// @param projectName `-p`
/// @param projectDirectory `--project-directory`
/// @param envFiles `--env-file`, in order; empty for COMPOSE_ENV_FILES or `.env`
/// @param profiles `--profile`; empty for COMPOSE_PROFILES
/// @param services named on the command line: enabled whatever their profiles
/// @param environment the process environment
/// @param stdin opened at most once, for `-f -`
public record LoadRequest(
    Path workingDirectory,
    List<String> files,
    Optional<String> projectName,
    Optional<String> projectDirectory,
    List<String> envFiles,
    List<String> profiles,
    List<String> services,
    Map<String, String> environment,
    Supplier<InputStream> stdin,
    Options options) {

  public LoadRequest {
    files = List.copyOf(files);
    envFiles = List.copyOf(envFiles);
    profiles = List.copyOf(profiles);
    services = List.copyOf(services);
    environment = Map.copyOf(environment);
  }

  /// The project of a folder, as a bare `jcompose` there would load it.
  public static LoadRequest of(Path workingDirectory, Map<String, String> environment) {
    return new LoadRequest(
        workingDirectory,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        environment,
        InputStream::nullInputStream,
        Options.DEFAULT);
  }

  public LoadRequest withFiles(List<String> value) {
    return new LoadRequest(
        workingDirectory,
        value,
        projectName,
        projectDirectory,
        envFiles,
        profiles,
        services,
        environment,
        stdin,
        options);
  }

  public LoadRequest withProfiles(List<String> value) {
    return new LoadRequest(
        workingDirectory,
        files,
        projectName,
        projectDirectory,
        envFiles,
        value,
        services,
        environment,
        stdin,
        options);
  }

  public LoadRequest withServices(List<String> value) {
    return new LoadRequest(
        workingDirectory,
        files,
        projectName,
        projectDirectory,
        envFiles,
        profiles,
        value,
        environment,
        stdin,
        options);
  }

  public LoadRequest withOptions(Options value) {
    return new LoadRequest(
        workingDirectory,
        files,
        projectName,
        projectDirectory,
        envFiles,
        profiles,
        services,
        environment,
        stdin,
        value);
  }

  /// Phases to leave out; only `config` leaves any out.
  ///
  /// @param resolveEnvironment whether env and label files are read into what they give
  /// @param keepUnused whether resources stay that no service uses
  /// @param overlay merged over the files, as if it were the last of them: what flags ask for
  public record Options(
      boolean interpolate,
      boolean normalize,
      boolean resolvePaths,
      boolean checkConsistency,
      boolean resolveEnvironment,
      boolean keepUnused,
      Optional<SourceFile> overlay) {
    public Options(
        boolean interpolate,
        boolean normalize,
        boolean resolvePaths,
        boolean checkConsistency,
        boolean resolveEnvironment,
        boolean keepUnused) {
      this(
          interpolate,
          normalize,
          resolvePaths,
          checkConsistency,
          resolveEnvironment,
          keepUnused,
          Optional.empty());
    }

    public Options withOverlay(SourceFile value) {
      return new Options(
          interpolate,
          normalize,
          resolvePaths,
          checkConsistency,
          resolveEnvironment,
          keepUnused,
          Optional.of(value));
    }

    public static final Options DEFAULT = new Options(true, true, true, true, true, false);
  }
}
