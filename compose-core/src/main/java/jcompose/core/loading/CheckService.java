package jcompose.core.loading;

import static jcompose.core.loading.CheckConsistency.hasValue;
import static jcompose.core.loading.CheckConsistency.items;
import static jcompose.core.loading.CheckConsistency.texts;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.source.NearMiss;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/// What the keys of one service say of each other.
final class CheckService {
  private final Problems problems;
  private final String name;
  private final YamlMapping service;
  private final YamlMapping services;

  CheckService(Problems problems, String name, YamlMapping service, YamlMapping services) {
    this.problems = problems;
    this.name = name;
    this.service = service;
    this.services = services;
  }

  void check() {
    if (service.text("image").orElse("").isEmpty()
        && !hasValue(service, "build")
        && !hasValue(service, "provider")) {
      problems.error(
          "no-image",
          service.range(),
          "service \"%s\" has neither an image nor a build context specified".formatted(name),
          "give it an image: or a build:");
    }
    service.mapping("build").ifPresent(this::build);
    if (hasValue(service, "network_mode") && hasValue(service, "networks")) {
      wrong(
          "exclusive-keys",
          "network_mode",
          "service \"%s\" declares mutually exclusive `network_mode` and `networks`"
              .formatted(name));
    }
    service.scalar("network_mode").ifPresent(this::sharedNetwork);
    replicas();
    limits();
    watch();
    mounts();
  }

  /// Where dependencies are written out, this one is among them, and looked at there.
  private void sharedNetwork(YamlScalar mode) {
    String other = mode.text().startsWith("service:") ? mode.text().substring(8) : "";
    boolean dependency = service.mapping("depends_on").filter(it -> it.has(other)).isPresent();
    if (!other.isEmpty() && !services.has(other) && !dependency) {
      problems.error(
          "undefined-service",
          mode.range(),
          "service \"%s\" not found for network_mode '%s' of service \"%s\""
              .formatted(other, mode.text(), name),
          NearMiss.hint(other, services.entries().keySet()));
    }
  }

  private void wrong(String code, String key, String message, String... hints) {
    YamlNode at = service.get(key);
    problems.error(code, (at == null ? service : at).range(), message, hints);
  }

  private void build(YamlMapping build) {
    if (hasValue(build, "dockerfile") && hasValue(build, "dockerfile_inline")) {
      problems.error(
          "exclusive-keys",
          build.range(),
          "service \"%s\" declares mutually exclusive dockerfile and dockerfile_inline"
              .formatted(name));
    }
    List<String> platforms = texts(build, "platforms");
    Optional<String> platform = service.text("platform");
    if (!platforms.isEmpty() && platform.isPresent() && !platforms.contains(platform.get())) {
      wrong(
          "platform-not-built",
          "platform",
          "service \"%s\": build.platforms must include the service's platform \"%s\""
              .formatted(name, platform.get()));
    }
    build
        .mapping("additional_contexts")
        .ifPresent(
            contexts ->
                contexts
                    .entries()
                    .forEach(
                        (key, entry) -> {
                          if (entry.value() instanceof YamlScalar context
                              && context.text().startsWith("service:")) {
                            contextOf(key, context);
                          }
                        }));
  }

  private void contextOf(String key, YamlScalar context) {
    String other = context.text().substring("service:".length());
    Optional<YamlMapping> target = services.mapping(other);
    if (target.isEmpty()) {
      problems.error(
          "undefined-service",
          context.range(),
          "service \"%s\" declares unknown service \"%s\" as additional context %s"
              .formatted(name, other, key),
          NearMiss.hint(other, services.entries().keySet()));
    } else if (!hasValue(target.get(), "build")) {
      problems.error(
          "no-build",
          context.range(),
          "service \"%s\" declares non-buildable service \"%s\" as additional context %s"
              .formatted(name, other, key));
    }
  }

  private void replicas() {
    Optional<YamlScalar> scale = service.scalar("scale");
    Optional<YamlScalar> replicas = service.mapping("deploy").flatMap(it -> it.scalar("replicas"));
    for (var it : List.of(scale, replicas)) {
      it.filter(value -> value.text().startsWith("-"))
          .ifPresent(
              value ->
                  problems.error(
                      "negative-scale",
                      value.range(),
                      "services.%s: the number of replicas must be greater than or equal to 0"
                          .formatted(name)));
    }
    if (scale.isPresent()
        && replicas.isPresent()
        && !scale.get().text().equals(replicas.get().text())) {
      differ("scale", "deploy.replicas", scale.get().range(), replicas.get().range());
    }
    Optional<YamlScalar> count = scale.or(() -> replicas);
    if (hasValue(service, "container_name")
        && count.isPresent()
        && GoText.wholePart(count.get().text())
            .map(it -> it.signum() > 0 && !it.equals(BigInteger.ONE))
            .orElse(false)) {
      wrong(
          "container-name-scaled",
          "container_name",
          "services.%s: can't set container_name and scale to %s: container names are unique"
              .formatted(name, count.get().text()),
          "leave out container_name, so that each replica gets a name of its own");
    }
  }

  private void limits() {
    Optional<YamlMapping> resources =
        service.mapping("deploy").flatMap(it -> it.mapping("resources"));
    Optional<YamlMapping> limits = resources.flatMap(it -> it.mapping("limits"));
    Optional<YamlMapping> reservations = resources.flatMap(it -> it.mapping("reservations"));
    twin("cpus", limits, "cpus", "limits");
    twin("mem_limit", limits, "memory", "limits");
    twin("pids_limit", limits, "pids", "limits");
    twin("mem_reservation", reservations, "memory", "reservations");
  }

  /// A key and its twin under `deploy.resources` must agree; where the section is there without the
  /// twin, the twin is zero.
  private void twin(String key, Optional<YamlMapping> section, String twinKey, String sectionName) {
    Optional<YamlScalar> own = service.scalar(key).filter(it -> !isZero(it));
    if (own.isEmpty() || section.isEmpty()) {
      return;
    }
    Optional<YamlScalar> twin = section.get().scalar(twinKey);
    if (twin.isEmpty() || number(own.get()).compareTo(number(twin.get())) != 0) {
      differ(
          key,
          "deploy.resources.%s.%s".formatted(sectionName, twinKey),
          own.get().range(),
          twin.map(YamlNode::range).orElse(section.get().range()));
    }
  }

  private static boolean isZero(YamlScalar scalar) {
    return GoText.number(scalar.text()).map("0"::equals).orElse(true);
  }

  /// A value that is no number was reported where it was decoded.
  private static BigDecimal number(YamlScalar scalar) {
    return GoText.number(scalar.text()).map(BigDecimal::new).orElse(BigDecimal.ZERO);
  }

  private void differ(String key, String other, SourceRange range, SourceRange otherRange) {
    problems.error(
        "different-values",
        range,
        "services.%s: can't set distinct values on '%s' and '%s'".formatted(name, key, other),
        "the other is at " + otherRange);
  }

  private void watch() {
    for (YamlMapping rule :
        service.mapping("develop").map(it -> items(it, "watch")).orElse(List.of())) {
      String action = rule.text("action").orElse("");
      if (!action.equals("rebuild")
          && !action.equals("restart")
          && rule.text("target").orElse("").isEmpty()) {
        problems.error(
            "missing-key",
            rule.range(),
            "services.%s.develop.watch: target is required for non-rebuild actions"
                .formatted(name));
      }
    }
  }

  /// No two things are mounted at one place. Within `volumes` the later entry has won already.
  private void mounts() {
    Map<String, String> taken = new HashMap<>();
    List<String> tmpfs = texts(service, "tmpfs");
    for (int i = 0; i < tmpfs.size(); i++) {
      String target = tmpfs.get(i).split(":", 2)[0];
      taken.put(target, "services.%s.tmpfs[%d]".formatted(name, i));
    }
    List<YamlMapping> volumes = items(service, "volumes");
    for (int i = 0; i < volumes.size(); i++) {
      Optional<YamlScalar> target = volumes.get(i).scalar("target");
      @Nullable String other = target.map(it -> taken.get(it.text())).orElse(null);
      if (other != null) {
        problems.error(
            "mount-conflict",
            volumes.get(i).range(),
            "services.%s.volumes[%d]: target %s already mounted as %s"
                .formatted(name, i, target.get().text(), other));
      }
    }
  }
}
