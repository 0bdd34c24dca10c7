package jcompose.core.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A loaded compose application: merged, interpolated, checked, with absolute paths.
///
/// @param workingDirectory the project folder, absolute; relative paths counted from it
/// @param composeFiles absolute paths in the order they were merged; standard input is left out
/// @param environment what interpolation saw: the process environment and the env files below it
/// @param services those that are enabled, by name, in the order of the files
/// @param disabledServices those whose profiles are all inactive
/// @param networks by the key services use; [Network#name()] is what an engine calls it
/// @param activeProfiles as asked for; `*` enables all
public record Project(
    String name,
    Path workingDirectory,
    List<Path> composeFiles,
    Map<String, String> environment,
    SequencedMap<String, Service> services,
    SequencedMap<String, Service> disabledServices,
    SequencedMap<String, Network> networks,
    SequencedMap<String, Volume> volumes,
    SequencedMap<String, SecretFile> secrets,
    SequencedMap<String, ConfigFile> configs,
    SequencedMap<String, Model> models,
    List<String> activeProfiles) {

  public Project {
    composeFiles = List.copyOf(composeFiles);
    environment = Map.copyOf(environment);
    services = Copies.ordered(services);
    disabledServices = Copies.ordered(disabledServices);
    networks = Copies.ordered(networks);
    volumes = Copies.ordered(volumes);
    secrets = Copies.ordered(secrets);
    configs = Copies.ordered(configs);
    models = Copies.ordered(models);
    activeProfiles = List.copyOf(activeProfiles);
  }

  /// The same project with other services enabled.
  public Project withServices(
      SequencedMap<String, Service> enabled, SequencedMap<String, Service> disabled) {
    return new Project(
        name,
        workingDirectory,
        composeFiles,
        environment,
        enabled,
        disabled,
        networks,
        volumes,
        secrets,
        configs,
        models,
        activeProfiles);
  }
}
