package jcompose.engine.build;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jcompose.engine.oci.Platform;

/// `--build-arg` values, those that every build has, and which of them were used.
final class BuildArguments {
  private static final List<String> PROXIES =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

  private final Map<String, String> given;
  private final Map<String, String> platform = new HashMap<>();
  private final Set<String> unused = new TreeSet<>();

  BuildArguments(Map<String, String> given, Platform target) {
    this.given = given;
    unused.addAll(given.keySet());
    unused.removeIf(BuildArguments::isPredefined);
    add("TARGET", target);
    add("BUILD", Platform.host());
  }

  private void add(String prefix, Platform of) {
    platform.put(prefix + "PLATFORM", of.toString());
    platform.put(prefix + "OS", of.os());
    platform.put(prefix + "ARCH", of.architecture());
    platform.put(prefix + "VARIANT", of.variant().orElse(""));
  }

  /// The platform arguments, which have a value in FROM lines and wherever they are declared.
  Map<String, String> platform() {
    return platform;
  }

  Map<String, String> given() {
    return given;
  }

  /// Takes note that the Dockerfile declares this name.
  synchronized void use(String name) {
    unused.remove(name);
  }

  /// What was given and never declared.
  synchronized List<String> unused() {
    return List.copyOf(unused);
  }

  /// The proxies a RUN sees without declaring them; they are in no cache key and no history.
  List<String> proxies() {
    return given.entrySet().stream()
        .filter(it -> PROXIES.contains(it.getKey().toUpperCase(Locale.ROOT)))
        .map(it -> it.getKey() + "=" + it.getValue())
        .sorted()
        .collect(Collectors.toList());
  }

  private static boolean isPredefined(String name) {
    return PROXIES.contains(name.toUpperCase(Locale.ROOT))
        || name.startsWith("BUILDKIT_")
        || name.equals("SOURCE_DATE_EPOCH");
  }
}
