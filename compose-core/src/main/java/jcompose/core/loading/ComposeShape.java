package jcompose.core.loading;

import static jcompose.core.loading.Shape.Print.ALWAYS;
import static jcompose.core.loading.Shape.Print.ALWAYS_MAPPING;
import static jcompose.core.loading.Shape.Print.NEVER;
import static jcompose.core.loading.Shape.Print.WHEN_SET;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.MapOf;
import jcompose.core.loading.Shape.Nullable;
import jcompose.core.loading.Shape.OneOf;
import jcompose.core.loading.Shape.Struct;

/// The compose specification's schema: every key there is, what it takes, and how it is printed.
final class ComposeShape {
  private ComposeShape() {}

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");

  private static final Pattern PULL_POLICY =
      Pattern.compile(
          "always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+");

  private static final Shape STRING = new Leaf(LeafType.STRING);
  private static final Shape STRING_OR_NUMBER = new Leaf(LeafType.STRING_OR_NUMBER);
  private static final Shape STRING_OR_INTEGER = new Leaf(LeafType.STRING_OR_INTEGER);
  private static final Shape BOOLEAN = new Leaf(LeafType.BOOLEAN);
  private static final Shape INTEGER = new Leaf(LeafType.INTEGER);
  private static final Shape NUMBER = new Leaf(LeafType.NUMBER);
  private static final Shape BYTES = new Leaf(LeafType.BYTES);
  private static final Shape DURATION = new Leaf(LeafType.DURATION);
  private static final Shape MODE = new Leaf(LeafType.MODE);
  private static final Shape MICROSECONDS = new Leaf(LeafType.MICROSECONDS);

  private static final Shape STRINGS = new ListOf(STRING, true);
  private static final Shape STRING_LIST = new ListOf(STRING, false);
  private static final Shape STRING_OR_LIST = oneOf(STRING, STRINGS);
  private static final Shape COMMAND = new Nullable(oneOf(STRING, STRING_LIST));
  private static final Shape LABELS = listOrMap(LeafType.TEXT);
  private static final Shape ENVIRONMENT = listOrMap(LeafType.TEXT_OR_NOTHING);
  private static final Shape SSH = listOrMap(LeafType.SSH_KEY);
  private static final Shape OPTIONS =
      new MapOf(new Leaf(LeafType.STRING_OR_NUMBER), Optional.empty(), false);
  private static final Shape EXTRA_HOSTS =
      oneOf(STRINGS, new MapOf(oneOf(STRING, STRING_LIST), Optional.empty(), false));

  private static final Struct FILE_GRANT =
      struct("file grant")
          .field("source", STRING)
          .field("target", STRING)
          .field("uid", STRING)
          .field("gid", STRING)
          .field("mode", MODE, WHEN_SET)
          .build();
  private static final Shape FILE_GRANTS = new ListOf(oneOf(STRING, FILE_GRANT), false);

  private static final Shape ULIMITS =
      new MapOf(
          oneOf(
              INTEGER,
              struct("ulimit")
                  .field("single", INTEGER)
                  .field("soft", INTEGER, WHEN_SET)
                  .field("hard", INTEGER, WHEN_SET)
                  .required("soft", "hard")
                  .build()),
          Optional.of(Pattern.compile("[a-z]+")),
          false);

  private static final Struct BUILD =
      struct("build")
          .field("context", STRING)
          .field("dockerfile", STRING)
          .field("dockerfile_inline", STRING)
          .field("entitlements", STRING_LIST)
          .field("args", ENVIRONMENT)
          .field("provenance", new Leaf(LeafType.BOOLEAN_OR_STRING))
          .field("sbom", new Leaf(LeafType.BOOLEAN_OR_STRING))
          .field("ssh", SSH)
          .field("labels", LABELS)
          .field("cache_from", STRING_LIST)
          .field("cache_to", STRING_LIST)
          .field("no_cache", BOOLEAN)
          .field("no_cache_filter", STRING_OR_LIST)
          .field("additional_contexts", LABELS)
          .field("pull", BOOLEAN)
          .field("extra_hosts", EXTRA_HOSTS)
          .field("isolation", STRING)
          .field("network", STRING)
          .field("target", STRING)
          .field("secrets", FILE_GRANTS)
          .field("shm_size", BYTES)
          .field("tags", STRING_LIST)
          .field("ulimits", ULIMITS)
          .field("platforms", STRING_LIST)
          .field("privileged", BOOLEAN)
          .build();

  private static final Struct HOOK =
      struct("hook")
          .field("command", COMMAND, ALWAYS)
          .field("user", STRING)
          .field("privileged", BOOLEAN)
          .field("working_dir", STRING)
          .field("environment", ENVIRONMENT)
          .required("command")
          .build();
  private static final Struct PRE_START =
      struct("hook")
          .field("command", COMMAND, ALWAYS)
          .field("image", STRING)
          .field("user", STRING)
          .field("privileged", BOOLEAN)
          .field("working_dir", STRING)
          .field("environment", ENVIRONMENT)
          .field("per_replica", BOOLEAN)
          .build();

  private static final Struct WATCH =
      struct("watch rule")
          .field("path", STRING)
          .field("action", words("rebuild", "sync", "restart", "sync+restart", "sync+exec"))
          .field("target", STRING)
          .field("exec", HOOK, ALWAYS_MAPPING)
          .field("include", STRING_OR_LIST)
          .field("ignore", STRING_OR_LIST)
          .field("initial_sync", BOOLEAN)
          .required("path", "action")
          .build();

  private static final Shape THROTTLES =
      new ListOf(struct("device limit").field("path", STRING).field("rate", BYTES).build(), false);
  private static final Struct BLKIO =
      struct("blkio_config")
          .field("weight", INTEGER)
          .field(
              "weight_device",
              new ListOf(
                  struct("device weight").field("path", STRING).field("weight", INTEGER).build(),
                  false))
          .field("device_read_bps", THROTTLES)
          .field("device_read_iops", THROTTLES)
          .field("device_write_bps", THROTTLES)
          .field("device_write_iops", THROTTLES)
          .closed()
          .build();

  private static final Struct GPU = deviceRequest().build();
  private static final Struct DEVICE_REQUEST = deviceRequest().required("capabilities").build();

  private static final Struct UPDATE =
      struct("update rule")
          .field("parallelism", INTEGER, WHEN_SET)
          .field("delay", DURATION)
          .field("failure_action", STRING)
          .field("monitor", DURATION)
          .field("max_failure_ratio", NUMBER)
          .field("order", words("start-first", "stop-first"))
          .build();

  private static final Struct DEPLOY =
      struct("deploy")
          .field("mode", STRING)
          .field("replicas", INTEGER, WHEN_SET)
          .field("labels", LABELS)
          .field("update_config", UPDATE)
          .field("rollback_config", UPDATE)
          .field(
              "resources",
              struct("resources")
                  .field(
                      "limits",
                      struct("limits")
                          .field("cpus", NUMBER)
                          .field("memory", BYTES)
                          .field("pids", INTEGER)
                          .build())
                  .field(
                      "reservations",
                      struct("reservations")
                          .field("cpus", NUMBER)
                          .field("memory", BYTES)
                          .field("devices", new ListOf(DEVICE_REQUEST, false))
                          .field(
                              "generic_resources",
                              new ListOf(
                                  struct("generic resource")
                                      .field(
                                          "discrete_resource_spec",
                                          struct("discrete resource")
                                              .field("kind", STRING, WHEN_SET)
                                              .field("value", NUMBER, WHEN_SET)
                                              .build())
                                      .build(),
                                  false))
                          .build())
                  .build(),
              ALWAYS_MAPPING)
          .field(
              "restart_policy",
              struct("restart policy")
                  .field("condition", STRING)
                  .field("delay", DURATION, WHEN_SET)
                  .field("max_attempts", INTEGER, WHEN_SET)
                  .field("window", DURATION, WHEN_SET)
                  .build())
          .field(
              "placement",
              struct("placement")
                  .field("constraints", STRING_LIST)
                  .field(
                      "preferences",
                      new ListOf(struct("preference").field("spread", STRING).build(), false))
                  .field("max_replicas_per_node", INTEGER)
                  .build(),
              ALWAYS_MAPPING)
          .field("endpoint_mode", STRING)
          .build();

  private static final Struct DEPENDENCY =
      struct("dependency")
          .field(
              "condition",
              words("service_started", "service_healthy", "service_completed_successfully"))
          .field("restart", BOOLEAN)
          .field("required", BOOLEAN, WHEN_SET)
          .required("condition")
          .build();

  private static final Struct HEALTHCHECK =
      struct("healthcheck")
          .field("test", oneOf(STRING, STRING_LIST))
          .field("timeout", DURATION, WHEN_SET)
          .field("interval", DURATION, WHEN_SET)
          .field("retries", NUMBER, WHEN_SET)
          .field("start_period", DURATION, WHEN_SET)
          .field("start_interval", DURATION, WHEN_SET)
          .field("disable", BOOLEAN)
          .build();

  private static final Struct SERVICE_NETWORK =
      struct("network of a service")
          .field("priority", new Leaf(LeafType.STRICT_NUMBER))
          .field("gw_priority", new Leaf(LeafType.STRICT_NUMBER))
          .field("aliases", STRINGS)
          .field("interface_name", STRING)
          .field("ipv4_address", STRING)
          .field("ipv6_address", STRING)
          .field("link_local_ips", STRINGS)
          .field("mac_address", STRING)
          .field("driver_opts", OPTIONS)
          .build();

  private static final Struct PORT =
      struct("port")
          .field("name", STRING)
          .field("mode", STRING)
          .field("host_ip", STRING)
          .field("target", INTEGER)
          .field("published", STRING_OR_INTEGER)
          .field("protocol", STRING)
          .field("app_protocol", STRING)
          .build();

  private static final Struct MOUNT =
      struct("volume of a service")
          .field("type", words("bind", "volume", "tmpfs", "cluster", "npipe", "image"))
          .field("source", STRING)
          .field("target", STRING)
          .field("read_only", BOOLEAN)
          .field("consistency", STRING)
          .field(
              "bind",
              struct("bind options")
                  .field("selinux", words("z", "Z"))
                  .field("propagation", STRING)
                  .field("create_host_path", BOOLEAN)
                  .field("recursive", words("enabled", "disabled", "writable", "readonly"))
                  .build(),
              WHEN_SET)
          .field(
              "volume",
              struct("volume options")
                  .field("labels", LABELS)
                  .field("nocopy", BOOLEAN)
                  .field("subpath", STRING)
                  .build(),
              WHEN_SET)
          .field(
              "tmpfs",
              struct("tmpfs options").field("size", BYTES).field("mode", MODE).build(),
              WHEN_SET)
          .field("image", struct("image options").field("subpath", STRING).build(), WHEN_SET)
          .required("type")
          .build();

  static final Struct SERVICE =
      struct("service")
          .field("profiles", STRINGS)
          .field("annotations", LABELS)
          .field("attach", BOOLEAN, WHEN_SET)
          .field("build", oneOf(STRING, BUILD), WHEN_SET)
          .field(
              "develop",
              new Nullable(struct("develop").field("watch", new ListOf(WATCH, false)).build()),
              WHEN_SET)
          .field("blkio_config", BLKIO, WHEN_SET)
          .field("cap_add", STRINGS)
          .field("cap_drop", STRINGS)
          .field("cgroup_parent", STRING)
          .field("cgroup", words("host", "private"))
          .field("cpu_count", INTEGER)
          .field("cpu_percent", NUMBER)
          .field("cpu_period", NUMBER)
          .field("cpu_quota", NUMBER)
          .field("cpu_rt_period", MICROSECONDS)
          .field("cpu_rt_runtime", MICROSECONDS)
          .field("cpus", NUMBER)
          .field("cpuset", STRING)
          .field("cpu_shares", NUMBER)
          .field("command", COMMAND, ALWAYS)
          .field("configs", FILE_GRANTS)
          .field("container_name", STRING)
          .field(
              "credential_spec",
              struct("credential_spec")
                  .field("config", STRING)
                  .field("file", STRING)
                  .field("registry", STRING)
                  .build(),
              WHEN_SET)
          .field("depends_on", oneOf(STRINGS, new MapOf(DEPENDENCY, Optional.of(NAME), false)))
          .field("deploy", new Nullable(DEPLOY), WHEN_SET)
          .field("device_cgroup_rules", STRINGS)
          .field(
              "devices",
              new ListOf(
                  oneOf(
                      STRING,
                      struct("device")
                          .field("source", STRING)
                          .field("target", STRING)
                          .field("permissions", STRING)
                          .required("source")
                          .build()),
                  false))
          .field("dns", STRING_OR_LIST)
          .field("dns_opt", STRINGS)
          .field("dns_search", STRING_OR_LIST)
          .field("domainname", STRING)
          .field("entrypoint", COMMAND, ALWAYS)
          .field("environment", ENVIRONMENT)
          .field(
              "env_file",
              oneOf(
                  STRING,
                  new ListOf(
                      oneOf(
                          STRING,
                          struct("env file")
                              .field("path", STRING)
                              .field("required", BOOLEAN, WHEN_SET)
                              .field("format", STRING)
                              .required("path")
                              .closed()
                              .build()),
                      false)))
          .field("expose", new ListOf(STRING_OR_NUMBER, true))
          .field(
              "extends",
              oneOf(
                  STRING,
                  struct("extends")
                      .field("service", STRING)
                      .field("file", STRING)
                      .required("service")
                      .build()))
          .field("external_links", STRINGS)
          .field("extra_hosts", EXTRA_HOSTS)
          .field("group_add", new ListOf(STRING_OR_NUMBER, true))
          .field("gpus", oneOf(words("all"), new ListOf(GPU, false)))
          .field("hostname", STRING)
          .field("healthcheck", HEALTHCHECK, WHEN_SET)
          .field("image", STRING)
          .field("init", BOOLEAN, WHEN_SET)
          .field("ipc", STRING)
          .field("isolation", STRING)
          .field("labels", LABELS)
          .field("label_file", STRING_OR_LIST)
          .field("links", STRINGS)
          .field(
              "logging",
              struct("logging")
                  .field("driver", STRING)
                  .field("options", new MapOf(new Leaf(LeafType.TEXT), Optional.empty(), false))
                  .build(),
              WHEN_SET)
          .field("mem_limit", BYTES)
          .field("mem_reservation", BYTES)
          .field("memswap_limit", BYTES)
          .field("mem_swappiness", BYTES)
          .field("mac_address", STRING)
          .field(
              "models",
              oneOf(
                  STRINGS,
                  new MapOf(
                      new Nullable(
                          struct("model of a service")
                              .field("endpoint_var", STRING)
                              .field("model_var", STRING)
                              .build()),
                      Optional.of(NAME),
                      false)))
          .field("network_mode", STRING)
          .field(
              "networks",
              oneOf(STRINGS, new MapOf(new Nullable(SERVICE_NETWORK), Optional.of(NAME), false)))
          .field("oom_kill_disable", BOOLEAN)
          .field("oom_score_adj", INTEGER)
          .field("pid", new Nullable(STRING))
          .field("pids_limit", NUMBER)
          .field("platform", STRING)
          .field("ports", new ListOf(oneOf(STRING_OR_NUMBER, PORT), true))
          .field("privileged", BOOLEAN)
          .field("pull_policy", pattern(PULL_POLICY))
          .field("pull_refresh_after", STRING)
          .field("read_only", BOOLEAN)
          .field("restart", STRING)
          .field("runtime", STRING)
          .field("scale", INTEGER, WHEN_SET)
          .field("secrets", FILE_GRANTS)
          .field("security_opt", STRINGS)
          .field("shm_size", BYTES)
          .field("stdin_open", BOOLEAN)
          .field("stop_grace_period", DURATION, WHEN_SET)
          .field("stop_signal", STRING)
          .field("storage_opt", new MapOf(new Leaf(LeafType.TEXT), Optional.empty(), false))
          .field("sysctls", LABELS)
          .field("tmpfs", STRING_OR_LIST)
          .field("tty", BOOLEAN)
          .field("ulimits", ULIMITS)
          .field("use_api_socket", BOOLEAN)
          .field("user", STRING)
          .field("userns_mode", STRING)
          .field("uts", STRING)
          .field("volumes", new ListOf(oneOf(STRING, MOUNT), true))
          .field("volumes_from", STRINGS)
          .field("working_dir", STRING)
          .field("pre_start", new ListOf(PRE_START, false))
          .field("post_start", new ListOf(HOOK, false))
          .field("pre_stop", new ListOf(HOOK, false))
          .field(
              "provider",
              struct("provider")
                  .field("type", STRING)
                  .field(
                      "options",
                      new MapOf(
                          oneOf(
                              new Leaf(LeafType.TEXT), new ListOf(new Leaf(LeafType.TEXT), false)),
                          Optional.empty(),
                          false))
                  .required("type")
                  .build())
          .build();

  private static final Shape EXTERNAL =
      oneOf(BOOLEAN, struct("external").field("name", STRING).build());

  private static final Struct NETWORK =
      struct("network")
          .field("name", STRING)
          .field("driver", STRING)
          .field("driver_opts", OPTIONS)
          .field(
              "ipam",
              struct("ipam")
                  .field("driver", STRING)
                  .field(
                      "config",
                      new ListOf(
                          struct("address pool")
                              .field("subnet", STRING)
                              .field("gateway", STRING)
                              .field("ip_range", STRING)
                              .field("aux_addresses", new MapOf(STRING, Optional.empty(), false))
                              .build(),
                          false))
                  .field("options", new MapOf(STRING, Optional.empty(), false))
                  .build(),
              ALWAYS_MAPPING)
          .field("external", EXTERNAL)
          .field("internal", BOOLEAN)
          .field("attachable", BOOLEAN)
          .field("labels", LABELS)
          .field("enable_ipv4", BOOLEAN, WHEN_SET)
          .field("enable_ipv6", BOOLEAN, WHEN_SET)
          .build();

  private static final Struct VOLUME =
      struct("volume")
          .field("name", STRING)
          .field("driver", STRING)
          .field("driver_opts", OPTIONS)
          .field("external", EXTERNAL)
          .field("labels", LABELS)
          .build();

  private static final Struct SECRET =
      struct("secret")
          .field("name", STRING)
          .field("file", STRING)
          .field("environment", STRING)
          .field("external", EXTERNAL)
          .field("labels", LABELS)
          .field("driver", STRING)
          .field("driver_opts", OPTIONS)
          .field("template_driver", STRING)
          .build();

  private static final Struct CONFIG =
      struct("config")
          .field("name", STRING)
          .field("file", STRING)
          .field("environment", STRING)
          .field("content", STRING)
          .field("external", EXTERNAL)
          .field("labels", LABELS)
          .field("template_driver", STRING)
          .build();

  private static final Struct MODEL =
      struct("model")
          .field("name", STRING)
          .field("model", STRING)
          .field("context_size", new Leaf(LeafType.STRICT_INTEGER))
          .field("runtime_flags", STRING_LIST)
          .required("model")
          .build();

  static final Struct PROJECT =
      struct("compose file")
          .field("version", STRING, NEVER)
          .field("name", STRING)
          .field(
              "include",
              new ListOf(
                  oneOf(
                      STRING,
                      struct("include")
                          .field("path", STRING_OR_LIST)
                          .field("project_directory", STRING)
                          .field("env_file", STRING_OR_LIST)
                          .build()),
                  false),
              NEVER)
          .field("services", new MapOf(SERVICE, Optional.of(NAME), false), WHEN_SET)
          .field("networks", new MapOf(new Nullable(NETWORK), Optional.of(NAME), false))
          .field("volumes", new MapOf(new Nullable(VOLUME), Optional.of(NAME), false))
          .field("secrets", new MapOf(SECRET, Optional.of(NAME), false))
          .field("configs", new MapOf(CONFIG, Optional.of(NAME), false))
          .field("models", new MapOf(MODEL, Optional.of(NAME), false))
          .build();

  private static Shape.Builder deviceRequest() {
    return struct("device request")
        .field("capabilities", STRINGS)
        .field("driver", STRING)
        .field("count", new Leaf(LeafType.COUNT))
        .field("device_ids", STRINGS)
        .field("options", LABELS);
  }

  private static Shape.Builder struct(String name) {
    return new Shape.Builder(name);
  }

  private static Shape oneOf(Shape... alternatives) {
    return new OneOf(List.of(alternatives));
  }

  private static Shape words(String... allowed) {
    return new Leaf(LeafType.STRING, List.of(allowed), Optional.empty());
  }

  private static Shape pattern(Pattern pattern) {
    return new Leaf(LeafType.STRING, List.of(), Optional.of(pattern));
  }

  private static Shape listOrMap(LeafType type) {
    return oneOf(STRINGS, new MapOf(new Leaf(type), Optional.empty(), false));
  }
}
