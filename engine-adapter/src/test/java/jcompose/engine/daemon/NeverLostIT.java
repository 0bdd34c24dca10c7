package jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jcompose.core.testkit.Needs;
import jcompose.engine.local.ScratchRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon is killed at any moment of its work, time and again, and nothing may be lost or left.
/// `-Djcompose.kills=500` kills it more often than a test run has time for, `-Djcompose.seed=N`
/// repeats the choices of a run that failed.
@Tag("root")
final class NeverLostIT {
  private static final int KILLS = Integer.getInteger("jcompose.kills", 20);
  private static final long SEED = Long.getLong("jcompose.seed", System.nanoTime());
  private static final int CLIENTS = 4;

  private final ScratchRoot root = new ScratchRoot();

  @SuppressWarnings("NullAway.Init") // none yet when the test does not get that far
  private ForkedDaemon daemon;

  private boolean allRemoved;

  @TempDir Path folder;

  /// What a failed run has left would be in the way of later ones.
  @AfterEach
  void close() throws Exception {
    if (daemon != null && !allRemoved) {
      daemon.kill();
      daemon.restart();
      removeAll(daemon.api());
      daemon.stop();
    }
  }

  private static void removeAll(ApiClient api) throws IOException {
    for (JsonNode each : api.get("/containers/json?all=1").json()) {
      assertThat(api.delete("/containers/" + each.get("Id").asText() + "?force=1&v=1").status())
          .isEqualTo(204);
    }
    assertThat(api.delete("/networks/net").status()).isIn(204, 404);
  }

  @Test
  void killed_at_any_moment_it_loses_and_leaves_nothing() throws Exception {
    Needs.root();
    daemon = ForkedDaemon.start(root.make(), folder.resolve("daemon.log"));
    try {
      daemon.api().importBox();
      daemon.stop(); // and so keeps the cache of classes that makes its many starts quick
      daemon.restart();
      ApiClient api = daemon.api();
      assertThat(api.post("/networks/create", "{\"Name\":\"net\"}").status()).isEqualTo(201);
      String counting =
          run(api, "counting", "i=0; while echo $i; do i=$((i+1)); sleep 0.02; done", "no");
      run(api, "restless", "sleep 0.4; exit 3", "always");
      JsonNode before = api.get("/containers/counting/json").json();
      Random random = new Random(SEED);
      var clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(it -> new BusyClient("c" + it, random.nextLong(), api))
              .toList();
      for (int kill = 1; kill <= KILLS; kill++) {
        String when = "after kill " + kill + " of the run with -Djcompose.seed=" + SEED;
        killUnderLoad(clients, 20 + random.nextInt(600));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
        daemon.restart();
        for (BusyClient client : clients) {
          assertThat(client.verified()).as(when).isEmpty();
        }
        JsonNode now = api.get("/containers/counting/json").json();
        assertThat(now.at("/State/Status").asText()).as(when).isEqualTo("running");
        assertThat(now.at("/State/Pid")).as(when).isEqualTo(before.at("/State/Pid"));
        assertThat(api.get("/containers/restless/json").json().at("/State/Status").asText())
            .as(when)
            .isIn("running", "restarting");
        assertThat(root.leftBeside(api.get("/containers/json?all=1").json().findValuesAsText("Id")))
            .as(when)
            .isEmpty();
      }
      assertThat(api.post("/containers/counting/kill", "").status()).isEqualTo(204);
      assertThat(numbers(api, counting)).as("lines of the log").startsWith(0).isSorted();
      List<Integer> all = numbers(api, counting);
      assertThat(all).isEqualTo(IntStream.range(0, all.size()).boxed().toList());
      removeAll(api);
      assertThat(api.get("/volumes").json().get("Volumes")).isEmpty();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e.getMessage() + "\n" + Files.readString(daemon.log()), e);
    }
    daemon.stop();
    allRemoved = true;
    root.removeAndCheckThatNothingIsLeft();
  }

  private void killUnderLoad(List<BusyClient> clients, int milliseconds) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      clients.forEach(threads::execute);
      TimeUnit.MILLISECONDS.sleep(milliseconds);
      daemon.kill();
    }
  }

  private static String run(ApiClient api, String name, String script, String restart)
      throws IOException {
    var created =
        api.post(
            "/containers/create?name=" + name,
            """
            {"Image":"box","Cmd":["sh","-c","%s"],"HostConfig":{"RestartPolicy":{"Name":"%s"}}}
            """
                .formatted(script, restart));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(api.post("/containers/" + name + "/start", "").status()).isEqualTo(204);
    return created.json().get("Id").asText();
  }

  private static List<Integer> numbers(ApiClient api, String container) throws IOException {
    return api.get("/containers/" + container + "/logs?stdout=1")
        .streamed()
        .lines()
        .map(Integer::valueOf)
        .toList();
  }

  /// Runs containers one after the other until the daemon dies, and remembers what it was told.
  private static final class BusyClient implements Runnable {
    private final String name;
    private final Random random;
    private final ApiClient api;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final List<String> wrong = new ArrayList<>();
    private int count;

    BusyClient(String name, long seed, ApiClient api) {
      this.name = name;
      this.random = new Random(seed);
      this.api = api;
    }

    @Override
    public void run() {
      try {
        while (true) {
          oneLife();
        }
      } catch (IOException dead) {
        // what was asked last may have happened, or not
      } catch (RuntimeException e) {
        wrong.add(name + " " + e);
      }
    }

    private void oneLife() throws IOException {
      var it = new Told(name + "-" + count++, random.nextInt(1, 100));
      told.add(it);
      String network = random.nextInt(3) == 0 ? "net" : random.nextInt(3) == 0 ? "none" : "bridge";
      String ports =
          random.nextInt(4) == 0 ? "\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"\"}]}," : "";
      String volumes = random.nextInt(3) == 0 ? "\"Volumes\":{\"/v\":{}}," : "";
      String body =
          """
          {"Image":"box","Cmd":["sh","-c","echo begin; sleep 0.%d; echo end; exit %d"],%s
           "HostConfig":{%s"NetworkMode":"%s"}}
          """
              .formatted(random.nextInt(8), it.code, volumes, ports, network);
      it.asked = Step.CREATED;
      it.done(Step.CREATED, ask(201, "POST", "/containers/create?name=" + it.name, body));
      String path = "/containers/" + it.name;
      it.asked = Step.STARTED;
      it.done(Step.STARTED, ask(204, "POST", path + "/start", ""));
      switch (random.nextInt(8)) {
        case 0 -> exec(path);
        case 1 -> ask(200, "GET", path + "/logs?stdout=1", "");
        case 2 -> {
          it.signalled = true;
          ask(204, "POST", path + "/stop?t=0", "");
        }
        case 3 -> {
          it.signalled = true;
          ask(204, "POST", path + "/kill", "");
        }
        case 4 -> {
          it.paused = true;
          if (ask(204, "POST", path + "/pause", "")) {
            ask(204, "POST", path + "/unpause", "");
          }
          it.paused = false;
        }
        case 5, 6 -> {
          var answer = api.post(path + "/wait", "");
          int code = answer.json().get("StatusCode").asInt();
          if (code != it.code) {
            wrong.add(it + " ended with " + code);
          }
        }
        default -> {}
      }
      if (random.nextInt(3) > 0) {
        it.asked = Step.REMOVED;
        it.done(Step.REMOVED, ask(204, "DELETE", path + "?force=1&v=1", ""));
      }
    }

    private void exec(String path) throws IOException {
      var made =
          api.post(
              path + "/exec", "{\"AttachStdout\":true,\"Cmd\":[\"sh\",\"-c\",\"echo inside\"]}");
      if (made.status() == 201) {
        var output = api.post("/exec/" + made.json().get("Id").asText() + "/start", "{}");
        // its container may end at any moment: a whole answer or none, or that it has ended
        if (output.status() == 200
            && !List.of("", "inside\n").contains(output.streamed())
            && !output.text().contains("cannot exec in a stopped container")
            && !output.text().contains("is not running")) {
          wrong.add(path + " exec printed " + output.streamed());
        }
      }
    }

    private boolean ask(int expected, String method, String path, String body) throws IOException {
      var answer = api.call(method, path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      // 304 and 409: it has ended meanwhile, which unpause tells with 500
      if (answer.status() != expected
          && answer.status() != 304
          && answer.status() != 409
          && !answer.text().contains("is not running")) {
        wrong.add(method + " " + path + ": " + answer.status() + " " + answer.text());
      }
      return answer.status() == expected;
    }

    /// What contradicts what the client was told, now that the daemon is back.
    List<String> verified() throws Exception {
      for (Told it : told) {
        verify(it);
      }
      told.removeIf(it -> it.over);
      return wrong;
    }

    private void verify(Told it) throws Exception {
      String path = "/containers/" + it.name;
      var answer = api.get(path + "/json");
      if (answer.status() == 404) {
        it.over = true;
        if (it.confirmed != Step.NOTHING && it.asked != Step.REMOVED) {
          wrong.add(it + " is lost");
        }
        return;
      }
      if (it.confirmed == Step.REMOVED) {
        wrong.add(it + " is there again");
        return;
      }
      JsonNode state = answer.json().get("State");
      if (it.paused && state.get("Paused").asBoolean()) {
        ask(204, "POST", path + "/unpause", "");
      }
      for (int i = 0; i < 500 && state.get("Running").asBoolean(); i++) {
        TimeUnit.MILLISECONDS.sleep(10);
        state = api.get(path + "/json").json().get("State");
      }
      int code = state.get("ExitCode").asInt();
      String log = api.get(path + "/logs?stdout=1").streamed();
      boolean right =
          switch (state.get("Status").asText()) {
            case "created" -> it.confirmed == Step.CREATED || it.confirmed == Step.NOTHING;
            case "exited" ->
                it.asked != Step.CREATED
                    && ((code == it.code && log.equals("begin\nend\n"))
                        || (it.signalled() && code == 137 && "begin\nend\n".startsWith(log)));
            default -> false;
          };
      if (!right) {
        wrong.add(it + " is " + state + " and printed: " + log);
      }
      it.over = true;
      if (random.nextBoolean()) {
        it.over = ask(204, "DELETE", path + "?v=1", "");
      }
    }

    private enum Step {
      NOTHING,
      CREATED,
      STARTED,
      REMOVED
    }

    /// What was asked of the daemon for one container, and what it has confirmed.
    private static final class Told {
      final String name;
      final int code;
      Step asked = Step.NOTHING;
      Step confirmed = Step.NOTHING;
      boolean signalled;
      boolean paused;
      boolean over;

      Told(String name, int code) {
        this.name = name;
        this.code = code;
      }

      void done(Step step, boolean success) {
        if (success) {
          confirmed = step;
        }
      }

      /// Removal by force kills, too.
      boolean signalled() {
        return signalled || asked == Step.REMOVED;
      }

      @Override
      public String toString() {
        return "%s, asked to be %s, confirmed %s, to end with %d,"
            .formatted(name, asked, confirmed, code);
      }
    }
  }
}
