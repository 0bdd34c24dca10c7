package jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jcompose.core.testkit.Needs;
import jcompose.engine.local.EngineSettings;
import jcompose.engine.local.ScratchRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of containers when something else than the daemon breaks: the machine, the disk, a
/// file, a monitor.
@Tag("root")
final class RecoveryIT {
  private final ScratchRoot scratch = new ScratchRoot();
  private Path root;

  @SuppressWarnings("NullAway.Init") // none yet when the test does not get that far
  private Daemon daemon;

  @SuppressWarnings("NullAway.Init")
  private ApiClient api;

  @BeforeEach
  void open() throws IOException {
    Needs.root();
    root = scratch.make();
  }

  private void start() {
    var settings = DaemonSettings.of(Optional.empty(), Optional.of(root));
    daemon = Daemon.open(settings);
    api = new ApiClient(settings.socket());
  }

  @AfterEach
  void close() throws Exception {
    if (daemon != null) {
      for (JsonNode each : api.get("/containers/json?all=1").json()) {
        api.delete("/containers/" + each.get("Id").asText() + "?force=1&v=1");
      }
      daemon.close();
      if (tmpfs) {
        sh("umount", root.toString());
      }
      scratch.removeAndCheckThatNothingIsLeft();
    }
  }

  private boolean tmpfs;

  @Test
  void a_damaged_file_costs_no_other_container() throws Exception {
    start();
    api.importBox();
    String runs = run("runs", "sleep 100", "no");
    String damaged = run("damaged", "echo hi", "no");
    post(201, "/volumes/create", "{\"Name\":\"vol\"}");
    post(201, "/networks/create", "{\"Name\":\"net\"}");
    daemon.close();
    Path record = root.resolve("containers").resolve(damaged).resolve("container.jsonl");
    byte[] whole = Files.readAllBytes(record);
    Files.write(record, Arrays.copyOf(whole, 40));
    Files.write(root.resolve("volumes/vol/volume.json"), new byte[0]);
    Files.write(root.resolve("snapshots/active").resolve(runs).resolve("layers"), new byte[0]);
    for (Path file : list(root.resolve("networks"))) {
      Files.write(file, new byte[] {'{'});
    }
    Files.write(root.resolve("images/references.json"), new byte[] {'{'});

    start();
    assertThat(names()).containsExactly("/runs");
    assertThat(state("runs").get("Status").asText()).isEqualTo("running");
    assertThat(root.resolve("snapshots/active").resolve(damaged)).exists();
    assertThat(root.resolve("images/references.json.broken")).exists();
    post(204, "/containers/runs/restart?t=0", "");

    daemon.close();
    Files.write(record, whole);
    start();
    assertThat(state("damaged").get("Status").asText()).isEqualTo("exited");
    assertThat(api.get("/containers/damaged/logs?stdout=1").streamed()).isEqualTo("hi\n");
    assertThat(api.delete("/containers/damaged").status()).isEqualTo(204);
    assertThat(root.resolve("snapshots/active").resolve(damaged)).doesNotExist();
  }

  @Test
  void a_container_whose_monitor_is_killed_is_dead_and_says_why() throws Exception {
    start();
    api.importBox();
    run("now", "sleep 100", "no");
    run("later", "sleep 100", "no");
    int now = state("now").get("Pid").asInt();
    int later = state("later").get("Pid").asInt();

    // where a service manager that kills the daemon's own group does not find it
    assertThat(Path.of("/proc/" + monitorOf(now) + "/cgroup")).content().contains("/monitors\n");
    kill(monitorOf(now));
    await().until(() -> state("now").get("Status").asText().equals("exited"));
    assertThat(state("now").get("Error").asText()).contains("monitor");
    await().until(() -> ended(now));

    daemon.close();
    kill(monitorOf(later));
    start();
    assertThat(state("later").get("Status").asText()).isEqualTo("exited");
    assertThat(state("later").get("ExitCode").asInt()).isEqualTo(255);
    assertThat(state("later").get("Error").asText()).contains("monitor");
    await().until(() -> ended(later));
    post(204, "/containers/later/start", "");
    assertThat(state("later").get("Error").asText()).isEmpty();
  }

  @Test
  void after_a_restart_of_the_machine_policies_decide_what_runs() throws Exception {
    start();
    api.importBox();
    run("no", "sleep 100", "no");
    run("always", "sleep 100", "always");
    run("unless-stopped", "sleep 100", "unless-stopped");
    run("stopped-always", "sleep 100", "always");
    run("stopped", "sleep 100", "unless-stopped");
    post(204, "/containers/stopped-always/stop?t=0", "");
    post(204, "/containers/stopped/stop?t=0", "");
    List<Integer> pids = List.of(pid("no"), pid("always"), pid("unless-stopped"));
    daemon.close();
    for (int pid : pids) {
      kill(monitorOf(pid));
      kill(pid);
    }
    // The pids of before are other processes' now; and all that was in memory is gone.
    for (Path record : list(root.resolve("containers"))) {
      Path file = record.resolve("container.jsonl");
      Files.writeString(
          file,
          Files.readString(file)
              .replaceAll("\"pid\":[1-9][0-9]*", "\"pid\":" + ProcessHandle.current().pid()));
    }
    sh("rm", "-r", EngineSettings.of(root).runRoot().toString());

    start();
    for (String name : List.of("always", "unless-stopped", "stopped-always")) {
      await().until(() -> state(name).get("Status").asText().equals("running"));
      assertThat(pid(name)).isNotIn(pids).isNotEqualTo(ProcessHandle.current().pid());
    }
    for (String name : List.of("no", "stopped")) {
      assertThat(state(name).get("Status").asText()).isEqualTo("exited");
      assertThat(pid(name)).isZero();
    }
    assertThat(state("no").get("ExitCode").asInt()).isEqualTo(255);
  }

  @Test
  void a_full_disk_is_an_error_and_no_more() throws Exception {
    sh("mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "full", root.toString());
    tmpfs = true;
    start();
    api.importBox();
    run("writer", "i=0; while echo line $i; do i=$((i+1)); sleep 0.01; done", "no");
    Path ballast = root.resolve("ballast");
    fill(ballast);

    var created = create("refused", "true", "no");
    assertThat(created.status()).isEqualTo(500);
    assertThat(created.text()).contains("No space left on device");
    post(500, "/volumes/create", "{\"Name\":\"refused\"}");
    assertThat(api.post("/commit?container=writer&repo=refused", "").text())
        .contains("No space left on device");
    assertThat(state("writer").get("Status").asText()).isEqualTo("running");
    daemon.close(); // and a start on a full disk still shows what there is
    start();
    assertThat(names()).containsExactly("/writer");

    Files.delete(ballast);
    assertThat(create("works", "echo again", "no").status()).isEqualTo(201);
    post(204, "/containers/works/start", "");
    assertThat(api.post("/containers/works/wait", "").json().get("StatusCode").asInt()).isZero();
    assertThat(api.get("/containers/works/logs?stdout=1").streamed()).isEqualTo("again\n");
    assertThat(api.post("/commit?container=works&repo=kept", "").status()).isEqualTo(201);
    post(204, "/containers/writer/kill", "");
    assertThat(api.get("/containers/writer/logs?stdout=1").streamed().lines())
        .allMatch(it -> it.matches("line [0-9]+"));
    assertThat(api.get("/volumes").json().at("/Volumes")).isEmpty();
    assertThat(list(root.resolve("snapshots/temporary"))).isEmpty();
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      for (int size = 1 << 16; size > 0; size /= 2) {
        try {
          while (true) {
            out.write(new byte[size]);
          }
        } catch (IOException full) {
          // then in smaller pieces
        }
      }
    }
  }

  private String run(String name, String script, String restart) throws IOException {
    var created = create(name, script, restart);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    post(204, "/containers/" + name + "/start", "");
    return created.json().get("Id").asText();
  }

  private ApiClient.Answer create(String name, String script, String restart) throws IOException {
    return api.post(
        "/containers/create?name=" + name,
        """
        {"Image":"box","Cmd":["sh","-c","%s"],"HostConfig":{"RestartPolicy":{"Name":"%s"}}}
        """
            .formatted(script, restart));
  }

  private void post(int expected, String path, String body) throws IOException {
    var answer = api.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(expected);
  }

  private JsonNode state(String name) throws IOException {
    return api.get("/containers/" + name + "/json").json().get("State");
  }

  private int pid(String name) throws IOException {
    return state(name).get("Pid").asInt();
  }

  private List<String> names() throws IOException {
    return api.get("/containers/json?all=1").json().findValues("Names").stream()
        .map(it -> it.get(0).asText())
        .toList();
  }

  private static int monitorOf(int pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1]);
  }

  /// Whether nothing runs under this number; who inherited it may be slow to take note.
  private static boolean ended(int pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    return !Files.exists(stat) || Files.readString(stat).contains(") Z ");
  }

  private static void kill(int pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void sh(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
