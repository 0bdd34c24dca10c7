package jcompose.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import jcompose.cli.output.ConfigJson;
import jcompose.cli.output.ConfigLists;
import jcompose.cli.output.ConfigYaml;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.ProjectRejected;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.conversion.ConfigHash;
import jcompose.core.loading.LoadRequest;
import jcompose.core.loading.ProjectVariables;
import jcompose.core.loading.ResolvedProject;
import jcompose.core.usecase.PinImages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose config`.
@Command(name = "config", description = "Check the compose files and show what they mean")
final class ConfigCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--format", paramLabel = "FORMAT", description = "yaml or json (default: yaml)")
  private @Nullable String format;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only check, print nothing")
  private boolean quiet;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file instead of standard output")
  private @Nullable String output;

  @Option(names = "--services", description = "Print the names of services, one a line")
  private boolean listServices;

  @Option(names = "--volumes", description = "Print the names of volumes, one a line")
  private boolean listVolumes;

  @Option(names = "--networks", description = "Print the names of networks, one a line")
  private boolean listNetworks;

  @Option(names = "--models", description = "Print the names of models, one a line")
  private boolean listModels;

  @Option(names = "--images", description = "Print the names of images, one a line")
  private boolean listImages;

  @Option(names = "--profiles", description = "Print the names of profiles, one a line")
  private boolean listProfiles;

  @Option(names = "--environment", description = "Print the variables that references see")
  private boolean listEnvironment;

  @Option(names = "--variables", description = "Print the variables that the files refer to")
  private boolean listVariables;

  @Option(
      names = "--hash",
      paramLabel = "SERVICES",
      split = ",",
      description = "Print the configuration hash of services, or of all for \"*\"")
  private List<String> hashes = new ArrayList<>();

  @Option(names = "--no-interpolate", description = "Leave references to variables as they are")
  private boolean noInterpolate;

  @Option(names = "--no-normalize", description = "Leave out what is implied")
  private boolean noNormalize;

  @Option(names = "--no-path-resolution", description = "Leave relative paths as they are")
  private boolean noPathResolution;

  @Option(names = "--no-consistency", description = "Do not check references")
  private boolean noConsistency;

  @Option(
      names = "--no-env-resolution",
      description = "Leave the files of env_file and label_file unread")
  private boolean noEnvResolution;

  @Option(
      names = "--resolve-image-digests",
      description = "Pin image tags to what they stand for in their registries now")
  private boolean resolveImageDigests;

  @Option(
      names = "--lock-image-digests",
      description = "Print an override file that pins images, and says nothing else")
  private boolean lockImageDigests;

  @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "Only these services")
  private List<String> services = new ArrayList<>();

  ConfigCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (format != null && !format.equals("yaml") && !format.equals("json")) {
      throw new UsageError("unsupported format \"" + format + "\": use yaml or json");
    }
    String text = text();
    if (output != null) {
      write(GlobalOptions.resolve(session.invocation(), output), text);
    } else if (!quiet) {
      session.invocation().output().print(text);
    }
    return ExitStatus.OK;
  }

  private String text() {
    if (!hashes.isEmpty()) {
      return ConfigLists.hashes(hashes());
    }
    if (listVariables) {
      var asWritten = new LoadRequest.Options(false, false, false, false, false, true);
      return variables(resolved(asWritten));
    }
    ResolvedProject project =
        resolved(
                new LoadRequest.Options(
                    !noInterpolate,
                    !noNormalize,
                    !noPathResolution,
                    !noConsistency,
                    !noEnvResolution && !listsNames(),
                    session.options().allResources()))
            .only(chosen());
    if (listServices) {
      project
          .undefinedDependency()
          .ifPresent(
              it -> {
                throw new UsageError("no such service: " + it);
              });
      return ConfigLists.services(project);
    } else if (listVolumes) {
      return ConfigLists.section(project, "volumes");
    } else if (listNetworks) {
      return ConfigLists.section(project, "networks");
    } else if (listModels) {
      return ConfigLists.section(project, "models");
    } else if (listImages) {
      return ConfigLists.images(project);
    } else if (listProfiles) {
      return ConfigLists.profiles(project);
    } else if (listEnvironment) {
      return ConfigLists.environment(project.environment());
    }
    if (resolveImageDigests || lockImageDigests) {
      project = pinned(project);
    }
    if (quiet) {
      return "";
    }
    return "json".equals(format) ? ConfigJson.of(project.json()) : ConfigYaml.of(project.yaml());
  }

  private String variables(ResolvedProject project) {
    var uses = ProjectVariables.of(project.tree());
    if (format == null) {
      return ConfigLists.variables(uses);
    }
    return format.equals("json")
        ? ConfigJson.of(ConfigLists.variables(uses, false, project.tree().origin()))
        : ConfigYaml.of(ConfigLists.variables(uses, true, project.tree().origin()));
  }

  private ResolvedProject pinned(ResolvedProject project) {
    int parallel = session.options().parallel(session.invocation().environment());
    try {
      var pins = new PinImages(session.engine(), parallel).of(project.images());
      ResolvedProject pinned = project.withImages(pins);
      return lockImageDigests ? pinned.imagesOnly() : pinned;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  private Map<String, String> hashes() {
    var found = new LinkedHashMap<String, String>();
    session
        .project(session.loadRequest().withServices(services))
        .services()
        .forEach(
            (name, service) -> {
              if (hashes.contains("*") || hashes.contains(name)) {
                found.put(name, ConfigHash.of(service));
              }
            });
    for (String name : hashes) {
      if (!name.equals("*") && !found.containsKey(name)) {
        throw new UsageError("no such service: " + name);
      }
    }
    return found;
  }

  private ResolvedProject resolved(LoadRequest.Options options) {
    try {
      return session.resolved(session.loadRequest().withServices(chosen()).withOptions(options));
    } catch (ProjectRejected e) {
      // docker compose has its own exit codes for a project alone, not for files as they are
      // written
      throw options.interpolate() ? e : new ProjectRejected(e.problems(), ExitStatus.FAILED);
    }
  }

  /// What lists only names reads no env files.
  private boolean listsNames() {
    return listServices || listVolumes || listNetworks || listModels || listImages || listProfiles;
  }

  /// Names are listed of the whole project, as docker compose lists them.
  private List<String> chosen() {
    return listServices || listVolumes || listNetworks || listModels ? List.of() : services;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
