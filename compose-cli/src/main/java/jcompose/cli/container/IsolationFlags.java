package jcompose.cli.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.object.InputFile;
import jcompose.cli.settings.InvalidFlag;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.UsageError;
import jcompose.core.resource.IsolationSpec;
import jcompose.core.resource.IsolationSpec.DeviceRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a container may see and do.
final class IsolationFlags {
  @Option(
      names = {"-h", "--hostname"},
      paramLabel = "string",
      description = "Container host name")
  private @Nullable String hostname;

  @Option(names = "--domainname", paramLabel = "string", description = "Container NIS domain name")
  private @Nullable String domainname;

  @Option(names = "--pid", paramLabel = "string", description = "PID namespace to use")
  private @Nullable String pid;

  @Option(names = "--ipc", paramLabel = "string", description = "IPC mode to use")
  private @Nullable String ipc;

  @Option(names = "--uts", paramLabel = "string", description = "UTS namespace to use")
  private @Nullable String uts;

  @Option(names = "--userns", paramLabel = "string", description = "User namespace to use")
  private @Nullable String userns;

  @Option(
      names = "--cgroupns",
      paramLabel = "string",
      description = "Cgroup namespace to use (host|private)")
  private @Nullable String cgroupns;

  @Option(
      names = "--cgroup-parent",
      paramLabel = "string",
      description = "Optional parent cgroup for the container")
  private @Nullable String cgroupParent;

  @Option(
      names = "--runtime",
      paramLabel = "string",
      description = "Runtime to use for this container")
  private @Nullable String runtime;

  @Option(names = "--shm-size", paramLabel = "bytes", description = "Size of /dev/shm")
  private @Nullable String shmSize;

  @Option(
      names = "--oom-score-adj",
      paramLabel = "int",
      description = "Tune host's OOM preferences (-1000 to 1000)")
  private @Nullable Integer oomScoreAdjust;

  @Option(names = "--privileged", description = "Give extended privileges to this container")
  private boolean privileged;

  @Option(names = "--read-only", description = "Mount the container's root filesystem as read only")
  private boolean readOnly;

  @Option(
      names = "--init",
      description = "Run an init inside the container that forwards signals and reaps processes")
  private boolean init;

  @Option(names = "--cap-add", paramLabel = "list", description = "Add Linux capabilities")
  private List<String> capAdd = new ArrayList<>();

  @Option(names = "--cap-drop", paramLabel = "list", description = "Drop Linux capabilities")
  private List<String> capDrop = new ArrayList<>();

  @Option(names = "--security-opt", paramLabel = "list", description = "Security Options")
  private List<String> securityOptions = new ArrayList<>();

  @Option(names = "--group-add", paramLabel = "list", description = "Add additional groups to join")
  private List<String> groupAdd = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "list",
      description = "Add a host device to the container")
  private List<String> devices = new ArrayList<>();

  @Option(
      names = "--device-cgroup-rule",
      paramLabel = "list",
      description = "Add a rule to the cgroup allowed devices list")
  private List<String> deviceRules = new ArrayList<>();

  @Option(names = "--ulimit", paramLabel = "ulimit", description = "Ulimit options")
  private List<String> ulimits = new ArrayList<>();

  @Option(names = "--sysctl", paramLabel = "map", description = "Sysctl options")
  private List<String> sysctls = new ArrayList<>();

  @Option(names = "--tmpfs", paramLabel = "list", description = "Mount a tmpfs directory")
  private List<String> tmpfs = new ArrayList<>();

  @Option(
      names = "--volumes-from",
      paramLabel = "list",
      description = "Mount volumes from the specified container(s)")
  private List<String> volumesFrom = new ArrayList<>();

  @Option(
      names = "--storage-opt",
      paramLabel = "list",
      description = "Storage driver options for the container")
  private List<String> storageOptions = new ArrayList<>();

  @Option(
      names = "--gpus",
      paramLabel = "gpu-request",
      description = "GPU devices to add to the container ('all' to pass all GPUs)")
  private @Nullable String gpus;

  /// @param networkMode absent when it has networks
  IsolationSpec isolation(Invocation invocation, Optional<String> networkMode) {
    return IsolationSpec.builder()
        .networkMode(networkMode)
        .hostname(Values.text(hostname))
        .domainname(Values.text(domainname))
        .pidMode(Values.text(pid))
        .ipcMode(Values.text(ipc))
        .utsMode(Values.text(uts))
        .usernsMode(Values.text(userns))
        .cgroupnsMode(Values.text(cgroupns))
        .cgroupParent(Values.text(cgroupParent))
        .privileged(privileged)
        .readOnlyRoot(readOnly)
        .init(init ? Optional.of(true) : Optional.empty())
        .capAdd(capAdd)
        .capDrop(capDrop)
        .securityOptions(securityOptions.stream().map(it -> security(it, invocation)).toList())
        .groupAdd(groupAdd)
        .devices(devices.stream().map(IsolationFlags::device).toList())
        .deviceCgroupRules(deviceRules)
        .deviceRequests(gpus == null ? List.of() : List.of(gpus(gpus)))
        .ulimits(ulimits.stream().map(IsolationFlags::ulimit).toList())
        .sysctls(Values.pairs("--sysctl", sysctls))
        .tmpfs(tmpfs())
        .volumesFrom(volumesFrom)
        .shmSizeBytes(Values.bytes("--shm-size", shmSize))
        .oomScoreAdjust(Optional.ofNullable(oomScoreAdjust))
        .runtime(Values.text(runtime))
        .storageOptions(Values.pairs("--storage-opt", storageOptions))
        .build();
  }

  private Map<String, String> tmpfs() {
    var mounts = new LinkedHashMap<String, String>();
    for (String flag : tmpfs) {
      int colon = flag.indexOf(':');
      mounts.put(
          colon < 0 ? flag : flag.substring(0, colon), colon < 0 ? "" : flag.substring(colon + 1));
    }
    return mounts;
  }

  /// The engine gets a seccomp profile's text, since the file is the caller's.
  private static String security(String option, Invocation invocation) {
    int cut = option.indexOf('=') < 0 ? option.indexOf(':') : option.indexOf('=');
    String name = cut < 0 ? option : option.substring(0, cut);
    String value = option.substring(cut + 1);
    if (cut < 0 && !name.equals("no-new-privileges")) {
      throw new UsageError("Invalid --security-opt: \"" + option + "\"");
    }
    if (!name.equals("seccomp") || value.equals("unconfined") || value.equals("builtin")) {
      return option;
    }
    try (InputStream profile = InputFile.open(invocation, value)) {
      return "seccomp=" + new String(profile.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageError("cannot read seccomp profile " + value + ": " + e.getMessage());
    }
  }

  private static String device(String flag) {
    String[] parts = flag.split(":", -1);
    boolean named = flag.indexOf('=') > 0; // by the Container Device Interface
    if (!named && !parts[0].startsWith("/")) {
      throw new UsageError(flag + " is not an absolute path");
    }
    boolean rights = parts.length < 3 || parts[2].matches("[rwm]{1,3}");
    if (parts[0].isEmpty() || parts.length > 3 || !rights) {
      throw new UsageError("invalid device specification: " + flag);
    }
    return flag;
  }

  private static String ulimit(String flag) {
    if (!flag.matches("[a-z]+=-?\\d+(:-?\\d+)?")) {
      throw new InvalidFlag("--ulimit", flag, "invalid ulimit argument: " + flag);
    }
    return flag;
  }

  /// `all`, a number, or `device=0,1` and `capabilities=utility`, `driver=…`, `options=…`.
  private static DeviceRequest gpus(String flag) {
    int count = 0;
    String driver = "";
    var ids = new ArrayList<String>();
    var capabilities = new ArrayList<>(List.of("gpu"));
    for (String part : Fields.of(flag)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "count" : part.substring(0, equals).toLowerCase(Locale.ROOT);
      String value = part.substring(equals + 1);
      switch (name) {
        case "count" ->
            count = value.equals("all") ? -1 : (int) Values.number("count in --gpus", value);
        case "driver" -> driver = value;
        case "device" -> ids.addAll(List.of(value.split(",")));
        case "capabilities" -> capabilities.addAll(List.of(value.split(",")));
        default -> throw new UsageError("unexpected key '" + name + "' in '" + part + "'");
      }
    }
    return new DeviceRequest(driver, count, ids, List.of(capabilities), Map.of());
  }
}
