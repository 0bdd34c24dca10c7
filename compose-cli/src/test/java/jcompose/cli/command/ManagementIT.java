package jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.testkit.Needs;
import jcompose.engine.daemon.Daemon;
import jcompose.engine.daemon.DaemonSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Management verbs on a daemon of their own: what they print is what the docker CLI prints.
@Tag("root")
final class ManagementIT {
  @TempDir private static Path folder;
  private static Path socket = Path.of("/");
  private static Optional<Daemon> daemon = Optional.empty();

  @BeforeAll
  static void opens() throws IOException {
    Needs.root();
    Path data = Files.createDirectory(folder.resolve("data"));
    var settings = DaemonSettings.of(Optional.of(folder.resolve("s")), Optional.of(data));
    socket = settings.socket();
    daemon = Optional.of(Daemon.open(settings));
  }

  @AfterAll
  static void closes() {
    daemon.ifPresent(Daemon::close);
  }

  private static CommandLineRun jcompose(String line) {
    var words = new ArrayList<>(List.of("-H", "unix://" + socket));
    words.addAll(List.of(line.split(" ")));
    var environment = Map.of("HOME", folder.toString(), "PATH", System.getenv("PATH"));
    return CommandLineRun.of(folder, environment, "", words);
  }

  private static void does(String line, int status, String printed) {
    var run = jcompose(line);
    assertThat(run.printed()).as(line).isEqualTo(printed);
    assertThat(run.status()).as(line).isEqualTo(status);
  }

  @Test
  void networks() {
    String create = "network create --subnet 10.213.0.0/24 --label tier=back back";
    String id = jcompose(create).printed().strip();
    assertThat(id).matches("[0-9a-f]{64}");
    does(create, 1, "Error response from daemon: network with name back already exists\n");
    does("network ls -q -f name=back", 0, id.substring(0, 12) + "\n");
    does("network ls -f label=tier --format {{.Name}}/{{.Labels}}", 0, "back/tier=back\n");
    does(
        "network ls -f driver=null",
        0,
        """
        NETWORK ID     NAME      DRIVER    SCOPE
        %s   none      null      local
        """
            .formatted(jcompose("network ls -qf name=none").printed().strip()));
    does(
        "network inspect -f {{(index(.IPAM.Config)0).Subnet}} back nope",
        1,
        "10.213.0.0/24\nError response from daemon: network nope not found\n");
    does("network rm nope back", 1, "Error response from daemon: network nope not found\nback\n");
    does("network rm -f nope", 0, "");
    does("network prune -f", 0, "");
  }

  @Test
  void containers() throws IOException {
    Path context = Files.createDirectory(folder.resolve("busybox"));
    Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM scratch
        COPY busybox /bin/busybox
        RUN ["/bin/busybox","--install","/bin"]
        """);
    jcompose("image build -q -t bb busybox");

    does("container run --rm bb echo hello", 0, "hello\n");
    assertThat(jcompose("container run --rm -e X=7 bb env").printed()).contains("X=7\n");
    does("container run --rm bb false", 1, "");
    does("container run --name once bb echo 7", 0, "7\n");
    assertThat(jcompose("container run --rm bb nowhere").status()).isEqualTo(127);
    assertThat(jcompose("container run --rm bb /bin").status()).isEqualTo(126);
    does("container start -a once", 0, "7\n");
    does("container logs once", 0, "7\n7\n");
    does("container wait once", 0, "0\n");

    String id = jcompose("container run -d --name up -p 0:80 --label a=b bb sleep 100").printed();
    assertThat(id).matches("[0-9a-f]{64}\n");
    does("container ls -q --no-trunc", 0, id);
    does("container ls -a --format {{.Names}}:{{.State}}", 0, "up:running\nonce:exited\n");
    does("container exec -w /bin up pwd", 0, "/bin\n");
    does("container exec up false", 1, "");
    Files.writeString(folder.resolve("in"), "content");
    does("container cp in up:/in", 0, "");
    does("container exec up cat /in", 0, "content");
    does("container cp up:/in out", 0, "");
    assertThat(folder.resolve("out")).hasContent("content");
    assertThat(jcompose("container diff up").printed()).contains("A /in\n");
    assertThat(jcompose("container port up 80").printed()).contains("0.0.0.0:");
    assertThat(jcompose("container top up -o pid,args").printed()).contains("sleep 100");
    assertThat(jcompose("container stats --no-stream up").printed()).contains("up ");
    does("container update --memory 64m up", 0, "up\n");
    does("container inspect -f {{.HostConfig.Memory}} up", 0, "67108864\n");
    does("container rename up down", 0, "");
    does("container pause down", 0, "down\n");
    does("container unpause down", 0, "down\n");
    does("container kill -s KILL down", 0, "down\n");
    does("container wait down", 0, "137\n");
    does("container rm down", 0, "down\n");
    does("container rm -f gone", 0, "Error response from daemon: No such container: gone\n");
    assertThat(jcompose("container prune -f").printed()).startsWith("Deleted Containers:\n");
  }

  @Test
  void images() throws IOException {
    Path context = Files.createDirectory(folder.resolve("context"));
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY here /\nENV a=b\n");
    Files.writeString(context.resolve("here"), "content");
    assertThat(jcompose("image build -t one --label x=y context").printed())
        .startsWith("Step 1/4 : FROM scratch\n")
        .endsWith("Successfully tagged one:latest\n");
    String id = jcompose("image build -q -t one --label x=y context").printed().strip();
    does("image inspect -f {{.Id}}{{index(.Config.Env)1}} one", 0, id + "a=b\n");
    does("image tag one two:v2", 0, "");
    does(
        "image ls --format {{.Repository}}:{{.Tag}}={{.ID}}=={{.Size}} one",
        0,
        "one:latest=" + id.substring(7, 19) + "==7B\n");
    does("image history -q one", 0, id.substring(7, 19) + "\n<missing>\n<missing>\n");
    does("image save -o images.tar one two:v2", 0, "");
    does("image rm one", 0, "Untagged: one:latest\n");
    assertThat(jcompose("image rm two:v2").printed()).contains("Deleted: " + id + "\n");
    does("image inspect one", 1, "[]\nError response from daemon: No such image: one:latest\n");
    does("image load -i images.tar", 0, "Loaded image: one:latest\nLoaded image: two:v2\n");
    does(
        "image tag one BAD",
        1,
        "Error parsing reference: \"BAD\" is not a valid repository/tag: "
            + "invalid reference format: repository name (library/BAD) must be lowercase\n");
    assertThat(jcompose("image prune -af").printed())
        .startsWith("Deleted Images:\nuntagged: one:latest\n")
        .contains("Total reclaimed space: ");
    does("image ls", 0, "REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n");
  }

  @Test
  void volumes() {
    does("volume create --label a=b data", 0, "data\n");
    does("volume ls", 0, "DRIVER    VOLUME NAME\nlocal     data\n");
    does("volume inspect -f {{.Name}}:{{.Labels.a}} data", 0, "data:b\n");
    does("volume rm nope", 1, "Error response from daemon: get nope: no such volume\n");
    does(
        "volume prune",
        0,
        "WARNING! This will remove anonymous local volumes not used by at least one container.\n"
            + "Are you sure you want to continue? [y/N] ");
    does("volume prune -f", 0, "Total reclaimed space: 0B\n");
    does("volume prune -af", 0, "Deleted Volumes:\ndata\n\nTotal reclaimed space: 0B\n");
  }
}
