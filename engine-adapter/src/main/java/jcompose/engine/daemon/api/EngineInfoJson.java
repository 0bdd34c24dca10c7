package jcompose.engine.daemon.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcompose.core.resource.ContainerState;
import jcompose.engine.local.LocalContainers.View;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.registry.RegistrySettings;

/// The answer to `/info`, every field that dockerd has.
final class EngineInfoJson {
  private EngineInfoJson() {}

  static Map<String, Object> of(LocalEngine engine, HostInfo host) {
    List<View> containers = engine.containers().views();
    long paused = count(containers, ContainerState.PAUSED);
    long running =
        count(containers, ContainerState.RUNNING) + count(containers, ContainerState.RESTARTING);
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("ID", engine.id());
    info.put("Containers", containers.size());
    info.put("ContainersRunning", running);
    info.put("ContainersPaused", paused);
    info.put("ContainersStopped", containers.size() - running - paused);
    info.put("Images", engine.images().store().list().size());
    info.put("Driver", "overlay2");
    info.put("DriverStatus", List.of(List.of("Supports d_type", "true")));
    Map<String, Object> plugins = new LinkedHashMap<>();
    plugins.put("Volume", List.of("local"));
    plugins.put("Network", List.of("bridge", "host", "null"));
    plugins.put("Authorization", null);
    plugins.put("Log", List.of("json-file", "local", "none"));
    info.put("Plugins", plugins);
    for (String yes :
        List.of(
            "MemoryLimit",
            "SwapLimit",
            "CpuCfsPeriod",
            "CpuCfsQuota",
            "CPUShares",
            "CPUSet",
            "PidsLimit",
            "IPv4Forwarding",
            "BridgeNfIptables",
            "BridgeNfIp6tables",
            "OomKillDisable")) {
      info.put(yes, true);
    }
    info.put("Debug", false);
    info.put("NFd", 0);
    info.put("NGoroutines", Thread.activeCount());
    info.put("SystemTime", Json.time(Instant.now()));
    info.put("LoggingDriver", "json-file");
    info.put("CgroupDriver", "cgroupfs");
    info.put("CgroupVersion", host.cgroup2() ? "2" : "1");
    info.put("NEventsListener", engine.eventListeners());
    info.put("KernelVersion", host.kernel());
    info.put("OperatingSystem", host.operatingSystem());
    info.put("OSVersion", host.osVersion());
    info.put("OSType", "linux");
    info.put("Architecture", host.machine());
    info.put("IndexServerAddress", "https://index.docker.io/v1/");
    info.put("RegistryConfig", registries(engine.settings().registries()));
    info.put("NCPU", host.processors());
    info.put("MemTotal", host.memory());
    info.put("GenericResources", null);
    info.put("DockerRootDir", engine.settings().dataRoot().toString());
    info.put("HttpProxy", "");
    info.put("HttpsProxy", "");
    info.put("NoProxy", "");
    info.put("Name", host.name());
    info.put("Labels", List.of());
    info.put("ExperimentalBuild", false);
    info.put("ServerVersion", ApiHandler.ENGINE_VERSION);
    info.put("Runtimes", Map.of("jcompose-monitor", Map.of("path", "jcompose-monitor")));
    info.put("DefaultRuntime", "jcompose-monitor");
    Map<String, Object> swarm = new LinkedHashMap<>();
    swarm.put("NodeID", "");
    swarm.put("NodeAddr", "");
    swarm.put("LocalNodeState", "inactive");
    swarm.put("ControlAvailable", false);
    swarm.put("Error", "");
    swarm.put("RemoteManagers", null);
    info.put("Swarm", swarm);
    info.put("LiveRestoreEnabled", true);
    info.put("Isolation", "");
    info.put("InitBinary", "jcompose-monitor");
    for (String commit : List.of("ContainerdCommit", "RuncCommit", "InitCommit")) {
      info.put(commit, Map.of("ID", "", "Expected", ""));
    }
    info.put("SecurityOptions", List.of("name=seccomp,profile=builtin"));
    info.put("CDISpecDirs", List.of());
    info.put("Warnings", null);
    return info;
  }

  private static Map<String, Object> registries(RegistrySettings settings) {
    List<String> mirrors = settings.mirrors().stream().map(it -> it + "/").toList();
    Map<String, Object> hub = new LinkedHashMap<>();
    hub.put("Name", "docker.io");
    hub.put("Mirrors", mirrors);
    hub.put("Secure", true);
    hub.put("Official", true);
    Map<String, Object> registries = new LinkedHashMap<>();
    registries.put("AllowNondistributableArtifactsCIDRs", null);
    registries.put("AllowNondistributableArtifactsHostnames", null);
    var ranges = new ArrayList<>(List.of("127.0.0.0/8"));
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("docker.io", hub);
    for (String insecure : settings.insecure()) {
      if (insecure.contains("/")) {
        ranges.add(insecure);
      } else {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("Name", insecure);
        one.put("Mirrors", List.of());
        one.put("Secure", false);
        one.put("Official", false);
        known.put(insecure, one);
      }
    }
    registries.put("InsecureRegistryCIDRs", ranges);
    registries.put("IndexConfigs", known);
    registries.put("Mirrors", mirrors.isEmpty() ? null : mirrors);
    return registries;
  }

  private static long count(List<View> containers, ContainerState state) {
    return containers.stream().filter(it -> it.record().state().status() == state).count();
  }
}
