package jcompose.core.loading;

import static jcompose.core.loading.BuildShape.BUILD;
import static jcompose.core.loading.DeployShape.DEPLOY;
import static jcompose.core.loading.DeployShape.GPUS;
import static jcompose.core.loading.MountShape.DEVICES;
import static jcompose.core.loading.MountShape.VOLUMES;
import static jcompose.core.loading.Shape.Print.ALWAYS;
import static jcompose.core.loading.Shape.Print.ALWAYS_MAPPING;
import static jcompose.core.loading.Shape.Print.EVEN_UNSET;
import static jcompose.core.loading.Shape.Print.WHEN_SET;
import static jcompose.core.loading.Shapes.BOOLEAN;
import static jcompose.core.loading.Shapes.BYTES;
import static jcompose.core.loading.Shapes.COMMAND;
import static jcompose.core.loading.Shapes.DURATION;
import static jcompose.core.loading.Shapes.ENVIRONMENT;
import static jcompose.core.loading.Shapes.EXTRA_HOSTS;
import static jcompose.core.loading.Shapes.FILE_GRANTS;
import static jcompose.core.loading.Shapes.INTEGER;
import static jcompose.core.loading.Shapes.LABELS;
import static jcompose.core.loading.Shapes.NUMBER;
import static jcompose.core.loading.Shapes.OPTIONS;
import static jcompose.core.loading.Shapes.STRING;
import static jcompose.core.loading.Shapes.STRINGS;
import static jcompose.core.loading.Shapes.STRING_LIST;
import static jcompose.core.loading.Shapes.STRING_OR_INTEGER;
import static jcompose.core.loading.Shapes.STRING_OR_LIST;
import static jcompose.core.loading.Shapes.STRING_OR_NUMBER;
import static jcompose.core.loading.Shapes.ULIMITS;
import static jcompose.core.loading.Shapes.UNSIGNED;
import static jcompose.core.loading.Shapes.WHOLE;
import static jcompose.core.loading.Shapes.WHOLE_BYTES;
import static jcompose.core.loading.Shapes.integer;
import static jcompose.core.loading.Shapes.mapOf;
import static jcompose.core.loading.Shapes.named;
import static jcompose.core.loading.Shapes.oneOf;
import static jcompose.core.loading.Shapes.struct;
import static jcompose.core.loading.Shapes.words;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.Nullable;
import jcompose.core.loading.Shape.Range;
import jcompose.core.loading.Shape.Struct;

/// What a service takes.
final class ServiceShape {
  private ServiceShape() {}

  private static final Shape PULL_POLICY =
      new Leaf(
          LeafType.STRING,
          List.of(
              "always",
              "never",
              "build",
              "if_not_present",
              "missing",
              "refresh",
              "daily",
              "weekly",
              "every_<duration>"),
          Optional.of(Pattern.compile("every_([0-9]+[wdhms])+")),
          Shape.Range.ANY);

  private static final Struct HOOK =
      struct("hook")
          .field("command", COMMAND, ALWAYS)
          .field("user", STRING)
          .field("privileged", BOOLEAN)
          .field("working_dir", STRING)
          .field("environment", ENVIRONMENT)
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
      new ListOf(
          struct("device limit")
              .field("path", STRING, EVEN_UNSET)
              .field("rate", WHOLE_BYTES, EVEN_UNSET)
              .build(),
          false);

  /// Weights are 16 bits wide, and no string is taken for one.
  private static final Shape WEIGHT = new Leaf(LeafType.NATIVE_NUMBER, new Range(0, 0xffff));

  private static final Struct BLKIO =
      struct("blkio_config")
          .field("weight", WEIGHT)
          .field(
              "weight_device",
              new ListOf(
                  struct("device weight")
                      .field("path", STRING, EVEN_UNSET)
                      .field("weight", WEIGHT, EVEN_UNSET)
                      .build(),
                  false))
          .field("device_read_bps", THROTTLES)
          .field("device_read_iops", THROTTLES)
          .field("device_write_bps", THROTTLES)
          .field("device_write_iops", THROTTLES)
          .closed()
          .build();

  private static final Shape ENV_FILES =
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
              false));

  private static final Struct MODEL =
      struct("model of a service").field("endpoint_var", STRING).field("model_var", STRING).build();

  private static final Struct PROVIDER =
      struct("provider")
          .field("type", STRING)
          .field(
              "options",
              mapOf(oneOf(new Leaf(LeafType.TEXT), new ListOf(new Leaf(LeafType.TEXT), false))))
          .required("type")
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
          .field("retries", new Leaf(LeafType.WHOLE, new Range(0, Long.MAX_VALUE)), WHEN_SET)
          .field("start_period", DURATION, WHEN_SET)
          .field("start_interval", DURATION, WHEN_SET)
          .field("disable", BOOLEAN)
          .build();

  private static final Struct SERVICE_NETWORK =
      struct("network of a service")
          .field("priority", new Leaf(LeafType.STRICT_WHOLE))
          .field("gw_priority", new Leaf(LeafType.STRICT_WHOLE))
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

  static final Struct SERVICE =
      struct("service")
          .field("profiles", STRINGS)
          .field("annotations", LABELS)
          .field("attach", BOOLEAN, WHEN_SET)
          .field("build", BUILD, WHEN_SET)
          .field(
              "develop",
              new Nullable(struct("develop").field("watch", new ListOf(WATCH, false)).build()),
              WHEN_SET)
          .field("blkio_config", BLKIO, WHEN_SET)
          .field("cap_add", STRINGS)
          .field("cap_drop", STRINGS)
          .field("cgroup_parent", STRING)
          .field("cgroup", words("host", "private"))
          .field("cpu_count", UNSIGNED)
          .field("cpu_percent", integer(0, 100))
          .field("cpu_period", WHOLE)
          .field("cpu_quota", WHOLE)
          .field("cpu_rt_period", new Leaf(LeafType.MICROSECONDS))
          .field("cpu_rt_runtime", new Leaf(LeafType.MICROSECONDS))
          .field("cpus", NUMBER)
          .field("cpuset", STRING)
          .field("cpu_shares", WHOLE)
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
          .field("depends_on", oneOf(STRINGS, named(DEPENDENCY)))
          .field("deploy", new Nullable(DEPLOY), WHEN_SET)
          .field("device_cgroup_rules", STRINGS)
          .field("devices", DEVICES)
          .field("dns", STRING_OR_LIST)
          .field("dns_opt", STRINGS)
          .field("dns_search", STRING_OR_LIST)
          .field("domainname", STRING)
          .field("entrypoint", COMMAND, ALWAYS)
          .field("environment", ENVIRONMENT)
          .field("env_file", ENV_FILES)
          .field("expose", new ListOf(STRING_OR_INTEGER, true))
          .field(
              "extends",
              oneOf(
                  STRING,
                  struct("extends")
                      .field("file", STRING)
                      .field("service", STRING)
                      .required("service")
                      .build()))
          .field("external_links", STRINGS)
          .field("extra_hosts", EXTRA_HOSTS, WHEN_SET)
          .field("group_add", new ListOf(STRING_OR_INTEGER, true))
          .field("gpus", GPUS)
          .field("hostname", STRING)
          .field("healthcheck", HEALTHCHECK, WHEN_SET)
          .field("image", STRING)
          .field("init", BOOLEAN, WHEN_SET)
          .field("ipc", STRING)
          .field("isolation", STRING)
          .field("labels", LABELS)
          .field("label_file", oneOf(STRING, STRING_LIST))
          .field("links", STRINGS)
          .field(
              "logging",
              struct("logging")
                  .field("driver", STRING)
                  .field("options", mapOf(new Leaf(LeafType.LOG_OPTION)))
                  .build(),
              WHEN_SET)
          .field("mem_limit", BYTES)
          .field("mem_reservation", WHOLE_BYTES)
          .field("memswap_limit", BYTES)
          .field("mem_swappiness", WHOLE_BYTES)
          .field("mac_address", STRING)
          .field("models", oneOf(STRINGS, named(new Nullable(MODEL))))
          .field("network_mode", STRING)
          .field("networks", oneOf(STRINGS, named(new Nullable(SERVICE_NETWORK))))
          .field("oom_kill_disable", BOOLEAN)
          .field("oom_score_adj", integer(-1000, 1000))
          .field("pid", new Nullable(STRING))
          .field("pids_limit", WHOLE)
          .field("platform", STRING)
          .field("ports", new ListOf(oneOf(STRING_OR_NUMBER, PORT), true))
          .field("privileged", BOOLEAN)
          .field("pull_policy", PULL_POLICY)
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
          .field("storage_opt", mapOf(new Leaf(LeafType.STORAGE_OPTION)))
          .field("sysctls", LABELS)
          .field("tmpfs", STRING_OR_LIST)
          .field("tty", BOOLEAN)
          .field("ulimits", ULIMITS)
          .field("use_api_socket", BOOLEAN)
          .field("user", STRING)
          .field("userns_mode", STRING)
          .field("uts", STRING)
          .field("volumes", VOLUMES)
          .field("volumes_from", STRINGS)
          .field("working_dir", STRING)
          .field("pre_start", new ListOf(PRE_START, false))
          .field("post_start", new ListOf(HOOK, false))
          .field("pre_stop", new ListOf(HOOK, false))
          .field("provider", PROVIDER)
          .build();
}
