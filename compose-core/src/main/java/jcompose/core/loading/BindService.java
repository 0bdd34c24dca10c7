package jcompose.core.loading;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import jcompose.core.model.BlkioConfig;
import jcompose.core.model.Build;
import jcompose.core.model.Dependency;
import jcompose.core.model.Device;
import jcompose.core.model.DeviceRequest;
import jcompose.core.model.FileGrant;
import jcompose.core.model.Healthcheck;
import jcompose.core.model.Hook;
import jcompose.core.model.Logging;
import jcompose.core.model.ModelBinding;
import jcompose.core.model.Port;
import jcompose.core.model.Provider;
import jcompose.core.model.PullPolicy;
import jcompose.core.model.Service;
import jcompose.core.model.ServiceIsolation;
import jcompose.core.model.ServiceLimits;
import jcompose.core.model.ServiceMount;
import jcompose.core.model.ServiceNetwork;
import jcompose.core.model.ServiceNetworking;
import jcompose.core.model.ServiceProcess;
import jcompose.core.model.ServiceStorage;
import jcompose.core.model.Ulimit;
import jcompose.core.model.WatchRule;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;

/// Makes one service's record.
final class BindService {
  private BindService() {}

  static Service bind(String name, Reader it) {
    return new Service(
        name,
        it.text("image"),
        it.inner("build").map(BindService::build),
        it.text("pull_policy").map(BindService::pullPolicy),
        it.text("platform"),
        it.text("container_name"),
        process(it),
        isolation(it),
        limits(it),
        networking(it),
        storage(it),
        it.mapped("depends_on", (_, value) -> dependency(value)),
        it.inner("healthcheck").map(BindService::healthcheck),
        it.text("restart"),
        it.inner("deploy").map(BindDeploy::bind),
        it.integer("scale").or(() -> it.section("deploy").integer("replicas")),
        it.bool("attach").orElse(true),
        it.inner("logging").map(log -> new Logging(log.text("driver"), log.map("options"))),
        it.map("labels"),
        it.map("annotations"),
        it.texts("profiles"),
        it.list("pre_start", BindService::hook),
        it.list("post_start", BindService::hook),
        it.list("pre_stop", BindService::hook),
        it.section("develop").list("watch", BindService::watch),
        it.inner("provider").map(BindService::provider),
        it.mapped(
            "models",
            (_, value) -> {
              Reader binding = reader(value);
              return new ModelBinding(binding.text("endpoint_var"), binding.text("model_var"));
            }),
        Canonical.of(it.mapping()));
  }

  private static Reader reader(YamlNode node) {
    return new Reader(
        node instanceof YamlMapping mapping ? mapping : YamlMapping.empty(node.origin()));
  }

  private static Build build(Reader it) {
    return new Build(
        it.text("context", "."),
        it.text("dockerfile"),
        it.text("dockerfile_inline"),
        it.map("args"),
        it.text("target"),
        it.map("labels"),
        it.texts("tags"),
        it.texts("cache_from"),
        it.texts("cache_to"),
        it.map("additional_contexts"),
        it.texts("extra_hosts"),
        it.text("network"),
        it.isTrue("no_cache"),
        it.texts("no_cache_filter"),
        it.isTrue("pull"),
        it.isTrue("privileged"),
        it.limit("shm_size"),
        it.texts("platforms"),
        it.list("secrets", BindService::grant),
        it.map("ssh"),
        ulimits(it),
        it.texts("entitlements"),
        it.text("isolation"),
        it.text("provenance"),
        it.text("sbom"));
  }

  static PullPolicy pullPolicy(String text) {
    return switch (text) {
      case "always", "refresh" -> new PullPolicy.Always();
      case "never" -> new PullPolicy.Never();
      case "build" -> new PullPolicy.Build();
      case "daily" -> new PullPolicy.Every(Duration.ofDays(1));
      case "weekly" -> new PullPolicy.Every(Duration.ofDays(7));
      default ->
          text.startsWith("every_")
              ? LongDuration.parse(text.substring("every_".length()))
                  .<PullPolicy>map(PullPolicy.Every::new)
                  .orElseGet(PullPolicy.Missing::new)
              : new PullPolicy.Missing();
    };
  }

  private static ServiceProcess process(Reader it) {
    return new ServiceProcess(
        it.optionalTexts("command"),
        it.optionalTexts("entrypoint"),
        it.optionalMap("environment"),
        it.text("user"),
        it.texts("group_add"),
        it.text("working_dir"),
        it.isTrue("tty"),
        it.isTrue("stdin_open"),
        it.bool("init"),
        it.text("stop_signal"),
        it.duration("stop_grace_period"));
  }

  private static ServiceIsolation isolation(Reader it) {
    return new ServiceIsolation(
        it.isTrue("privileged"),
        it.isTrue("read_only"),
        it.texts("cap_add"),
        it.texts("cap_drop"),
        it.texts("security_opt"),
        it.text("pid"),
        it.text("ipc"),
        it.text("uts"),
        it.text("userns_mode"),
        it.text("cgroup"),
        it.text("cgroup_parent"),
        it.list(
            "devices",
            device ->
                new Device(
                    device.text("source", ""),
                    device.text("target", ""),
                    device.text("permissions", "rwm"))),
        it.texts("device_cgroup_rules"),
        it.list("gpus", BindService::deviceRequest),
        it.map("sysctls"),
        it.map("storage_opt"),
        it.text("runtime"),
        it.text("isolation"),
        it.map("credential_spec"),
        it.isTrue("use_api_socket"));
  }

  static DeviceRequest deviceRequest(Reader it) {
    return new DeviceRequest(
        it.texts("capabilities"),
        it.number("count"),
        it.texts("device_ids"),
        it.text("driver"),
        it.map("options"));
  }

  private static ServiceLimits limits(Reader it) {
    return new ServiceLimits(
        it.limit("mem_limit"),
        it.limit("mem_reservation"),
        it.limit("memswap_limit"),
        it.number("mem_swappiness"),
        it.limit("shm_size"),
        it.decimalLimit("cpus"),
        it.limit("cpu_shares"),
        it.limit("cpu_period"),
        it.limit("cpu_quota"),
        it.limit("cpu_rt_period"),
        it.limit("cpu_rt_runtime"),
        it.text("cpuset"),
        it.limit("cpu_count"),
        it.decimalLimit("cpu_percent"),
        it.limit("pids_limit"),
        it.isTrue("oom_kill_disable"),
        it.integer("oom_score_adj"),
        ulimits(it),
        it.inner("blkio_config").map(BindService::blkio));
  }

  private static SequencedMap<String, Ulimit> ulimits(Reader it) {
    return it.mapped(
        "ulimits",
        (_, value) -> {
          Reader pair = reader(value);
          if (pair.number("single").isPresent()) {
            long both = pair.number("single").get();
            return new Ulimit(both, both);
          }
          return new Ulimit(pair.number("soft").orElse(0L), pair.number("hard").orElse(0L));
        });
  }

  private static BlkioConfig blkio(Reader it) {
    return new BlkioConfig(
        it.integer("weight"),
        it.list(
            "weight_device",
            device ->
                new BlkioConfig.WeightDevice(
                    device.text("path", ""), device.integer("weight").orElse(0))),
        throttles(it, "device_read_bps"),
        throttles(it, "device_write_bps"),
        throttles(it, "device_read_iops"),
        throttles(it, "device_write_iops"));
  }

  private static List<BlkioConfig.ThrottleDevice> throttles(Reader it, String key) {
    return it.list(
        key,
        device ->
            new BlkioConfig.ThrottleDevice(
                device.text("path", ""), device.number("rate").orElse(0L)));
  }

  private static ServiceNetworking networking(Reader it) {
    return new ServiceNetworking(
        it.text("network_mode"),
        it.mapped("networks", (_, value) -> network(reader(value))),
        it.list("ports", BindService::port),
        it.texts("expose"),
        it.text("hostname"),
        it.text("domainname"),
        it.text("mac_address"),
        it.texts("dns"),
        it.texts("dns_search"),
        it.texts("dns_opt"),
        it.texts("extra_hosts"),
        it.texts("links"),
        it.texts("external_links"));
  }

  private static ServiceNetwork network(Reader it) {
    return new ServiceNetwork(
        it.texts("aliases"),
        it.text("ipv4_address"),
        it.text("ipv6_address"),
        it.text("mac_address"),
        it.integer("priority").orElse(0),
        it.integer("gw_priority").orElse(0),
        it.texts("link_local_ips"),
        it.map("driver_opts"),
        it.text("interface_name"));
  }

  private static Port port(Reader it) {
    return new Port(
        it.integer("target").orElse(0),
        it.text("published").filter(text -> !text.isEmpty()),
        it.text("host_ip").filter(text -> !text.isEmpty()),
        it.text("protocol", "tcp"),
        it.text("mode", "ingress"),
        it.text("name"),
        it.text("app_protocol"));
  }

  private static ServiceStorage storage(Reader it) {
    return new ServiceStorage(
        it.list("volumes", BindService::mount),
        it.texts("tmpfs"),
        it.texts("volumes_from"),
        it.list("secrets", BindService::grant),
        it.list("configs", BindService::grant));
  }

  private static ServiceMount mount(Reader it) {
    String target = it.text("target", "");
    boolean readOnly = it.isTrue("read_only");
    return switch (it.text("type", "volume")) {
      case "bind" -> {
        Reader bind = it.section("bind");
        yield new ServiceMount.Bind(
            it.text("source", ""),
            target,
            readOnly,
            bind.text("propagation"),
            bind.bool("create_host_path").orElse(it.inner("bind").isEmpty()),
            bind.text("recursive"),
            bind.text("selinux"),
            it.text("consistency"));
      }
      case "volume" -> {
        Reader volume = it.section("volume");
        yield new ServiceMount.Named(
            it.text("source").filter(text -> !text.isEmpty()),
            target,
            readOnly,
            volume.isTrue("nocopy"),
            volume.text("subpath"),
            volume.map("labels"));
      }
      case "tmpfs" -> {
        Reader tmpfs = it.section("tmpfs");
        yield new ServiceMount.Tmpfs(target, readOnly, tmpfs.limit("size"), tmpfs.integer("mode"));
      }
      case "image" ->
          new ServiceMount.Image(
              it.text("source", ""), target, readOnly, it.section("image").text("subpath"));
      default -> new ServiceMount.Other(it.text("type", ""), it.text("source"), target, readOnly);
    };
  }

  private static FileGrant grant(Reader it) {
    return new FileGrant(
        it.text("source", ""),
        it.text("target"),
        it.text("uid"),
        it.text("gid"),
        it.integer("mode"));
  }

  private static Dependency dependency(YamlNode node) {
    Reader it = reader(node);
    return new Dependency(
        Dependency.Condition.valueOf(
            it.text("condition", "service_started").toUpperCase(Locale.ROOT)),
        it.isTrue("restart"),
        it.bool("required").orElse(true));
  }

  private static Healthcheck healthcheck(Reader it) {
    return new Healthcheck(
        it.texts("test"),
        it.isTrue("disable"),
        it.duration("interval"),
        it.duration("timeout"),
        it.integer("retries"),
        it.duration("start_period"),
        it.duration("start_interval"));
  }

  private static Hook hook(Reader it) {
    return new Hook(
        it.texts("command"),
        it.text("user"),
        it.isTrue("privileged"),
        it.text("working_dir"),
        it.optionalMap("environment"),
        it.text("image"),
        it.isTrue("per_replica"));
  }

  private static WatchRule watch(Reader it) {
    return new WatchRule(
        it.text("path", ""),
        WatchRule.Action.valueOf(
            it.text("action", "sync").toUpperCase(Locale.ROOT).replace('+', '_')),
        it.text("target"),
        it.texts("ignore"),
        it.texts("include"),
        it.isTrue("initial_sync"),
        it.inner("exec").map(BindService::hook));
  }

  private static Provider provider(Reader it) {
    return new Provider(
        it.text("type", ""),
        it.mapped(
            "options",
            (_, value) ->
                value instanceof YamlSequence list
                    ? list.items().stream().map(item -> ((YamlScalar) item).text()).toList()
                    : Optional.of(value).map(item -> ((YamlScalar) item).text()).stream()
                        .toList()));
  }
}
