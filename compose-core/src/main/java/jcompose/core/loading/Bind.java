package jcompose.core.loading;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import jcompose.core.model.ConfigFile;
import jcompose.core.model.Model;
import jcompose.core.model.Network;
import jcompose.core.model.Project;
import jcompose.core.model.SecretFile;
import jcompose.core.model.Service;
import jcompose.core.model.Volume;
import jcompose.core.yaml.YamlMapping;

/// Phase: makes the project's records of a checked and decoded tree.
final class Bind {
  private Bind() {}

  /// @param disabled services that are not in the tree because of their profiles
  static Project project(
      YamlMapping tree,
      YamlMapping disabled,
      Located located,
      String name,
      Map<String, String> environment) {
    var root = new Reader(tree);
    List<Path> files = located.files().stream().flatMap(Optional::stream).toList();
    return new Project(
        name,
        located.projectDirectory(),
        files,
        environment,
        services(root),
        services(new Reader(disabled)),
        section(root, "networks", Bind::network),
        section(root, "volumes", Bind::volume),
        section(root, "secrets", Bind::secret),
        section(root, "configs", Bind::config),
        section(root, "models", Bind::model),
        located.profiles());
  }

  private static SequencedMap<String, Service> services(Reader root) {
    return section(root, "services", BindService::bind);
  }

  private static <T> SequencedMap<String, T> section(
      Reader root, String key, BiFunction<String, Reader, T> bind) {
    var result = new LinkedHashMap<String, T>();
    Reader section = root.section(key);
    section
        .mapping()
        .entries()
        .keySet()
        .forEach(name -> result.put(name, bind.apply(name, section.section(name))));
    return result;
  }

  private static Network network(String key, Reader it) {
    return new Network(
        key,
        it.text("name", key),
        it.isTrue("external"),
        it.text("driver"),
        it.map("driver_opts"),
        it.inner("ipam")
            .map(
                ipam ->
                    new Network.Ipam(
                        ipam.text("driver"),
                        ipam.list(
                            "config",
                            pool ->
                                new Network.Pool(
                                    pool.text("subnet"),
                                    pool.text("ip_range"),
                                    pool.text("gateway"),
                                    pool.map("aux_addresses"))),
                        ipam.map("options"))),
        it.isTrue("internal"),
        it.isTrue("attachable"),
        it.bool("enable_ipv4"),
        it.bool("enable_ipv6"),
        it.map("labels"));
  }

  private static Volume volume(String key, Reader it) {
    return new Volume(
        key,
        it.text("name", key),
        it.isTrue("external"),
        it.text("driver"),
        it.map("driver_opts"),
        it.map("labels"));
  }

  private static SecretFile secret(String key, Reader it) {
    return new SecretFile(
        key,
        it.text("name", key),
        it.isTrue("external"),
        it.text("file"),
        it.text("environment"),
        it.text("content"),
        it.text("driver"),
        it.map("driver_opts"),
        it.text("template_driver"),
        it.map("labels"));
  }

  private static ConfigFile config(String key, Reader it) {
    return new ConfigFile(
        key,
        it.text("name", key),
        it.isTrue("external"),
        it.text("file"),
        it.text("environment"),
        it.text("content"),
        it.text("template_driver"),
        it.map("labels"));
  }

  private static Model model(String key, Reader it) {
    return new Model(
        key,
        it.text("name"),
        it.text("model", ""),
        it.integer("context_size"),
        it.texts("runtime_flags"));
  }
}
