package jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The docker CLI on the daemon's socket: each scenario is a shell script and what it must print,
/// as it does with dockerd.
@Tag("root")
final class DockerCliIT {
  private static CliScene scene;
  private static DockerShell shell;

  @TempDir static Path folder;

  @BeforeAll
  static void open() throws Exception {
    scene = CliScene.open(folder);
    shell = scene.shell();
    Path context = Files.createDirectory(folder.resolve("image"));
    Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
    assertThat(
            sh(
                """
                cd image
                tar c --transform 's,^,bin/,' busybox | docker import -c 'ENV PATH=/bin' -c 'CMD sh' - bare >id
                printf 'FROM bare\\nRUN ["/bin/busybox","--install","-s","/bin"]\\nCMD ["sh"]\\n' >Dockerfile
                DOCKER_BUILDKIT=0 docker build -q -t box . >>id 2>log || cat log
                """))
        .isEqualTo("[0]");
  }

  @AfterAll
  static void close() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }

  private static String sh(String script) throws IOException, InterruptedException {
    return shell.run(script);
  }

  static Stream<Arguments> scenarios() {
    return Stream.of(
        scenario(
            "a link of the default network is a name and variables",
            """
            docker run -d --name linked --expose 81 box sleep 100 >id
            docker run --rm --name links --link linked:a-b box sh -c 'grep -c a-b /etc/hosts; echo $A_B_NAME; echo $A_B_PORT | sed s,//[0-9.]*,//IP,'
            docker kill linked >>id
            docker run --rm --name links --link linked:a-b box true 2>&1 | sed 's/[.]$//;q'
            """,
            """
            1
            /links/a-b
            tcp://IP:81
            docker: Error response from daemon: Cannot link to a non running container: /linked AS /links/a-b
            [0]\
            """),
        scenario(
            "top shows the columns that are asked for",
            """
            docker run -d --name top -t box sh -c 'sleep 100; true' >id
            docker top top -o pid,args | sed 's,^[0-9PID]* *,,' | sort
            """,
            """
            COMMAND
            sh -c sleep 100; true
            sleep 100
            [0]\
            """),
        scenario(
            "a port is published on both families",
            """
            docker run -d --name both -p 80 box sleep 100 >id
            docker port both | sed 's/:[0-9]*$//'
            """,
            """
            80/tcp -> 0.0.0.0
            80/tcp -> [::]
            [0]\
            """),
        scenario("output and exit code", "docker run --rm box sh -c 'echo hi; exit 7'", "hi\n[7]"),
        scenario(
            "a stopped container's files are those of its last run",
            """
            docker run --name rested --hostname rest box sh -c 'echo own >/own'
            docker cp rested:/etc/hostname - | tar -xO
            docker export rested | tar -tv | awk '$6 ~ /^(etc.h|dev|own|etc.mtab|.docker)/ {print $1,$2,$6,$7,$8}' | sort -k3
            docker diff rested
            """,
            """
            rest
            -rwxr-xr-x 0/0 .dockerenv \s
            drwxr-xr-x 0/0 dev/ \s
            -rwxr-xr-x 0/0 dev/console \s
            drwxr-xr-x 0/0 dev/pts/ \s
            drwxr-xr-x 0/0 dev/shm/ \s
            -rwxr-xr-x 0/0 etc/hostname \s
            -rwxr-xr-x 0/0 etc/hosts \s
            lrwxrwxrwx 0/0 etc/mtab -> /proc/mounts
            -rw-r--r-- 0/0 own \s
            A /own
            [0]\
            """),
        scenario(
            "a part of an image is mounted, and no more",
            """
            curl -s --unix-socket ${DOCKER_HOST#unix://} http://d/v1.45/containers/create?name=part -H 'Content-Type: application/json' \
              -d '{"Image":"box","Cmd":["sh","-c","ls /part | grep -c busybox; touch /part/x"],"HostConfig":{"Mounts":[{"Type":"image","Source":"box","Target":"/part","ImageOptions":{"Subpath":"bin"}}]}}' >id
            docker start -a part
            """,
            """
            1
            touch: /part/x: Read-only file system
            [1]\
            """),
        scenario(
            "a client may send more than the container reads",
            "yes | head -c 3000000 | docker run -i --rm box head -c 4",
            "y\ny\n[0]"),
        scenario(
            "a filter that allows what it does not name",
            """
            echo '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO"}]}' >allow.json
            docker run --rm --security-opt seccomp=allow.json box mkdir /made
            """,
            "mkdir: can't create directory '/made': Operation not permitted\n[1]"),
        scenario(
            "what contradicts itself is refused at creation",
            """
            docker create --uts host --hostname x box 2>&1 | head -n 1
            docker create --restart on-failure:-1 box 2>&1 | head -n 1
            docker create --tmpfs rel box 2>&1 | head -n 1
            docker create --security-opt foo=bar box 2>&1 | head -n 1
            """,
            """
            Error response from daemon: conflicting options: hostname and the UTS mode
            Error response from daemon: invalid restart policy: maximum retry count cannot be negative
            Error response from daemon: invalid mount path: 'rel' mount path must be absolute
            Error response from daemon: invalid --security-opt 2: "foo=bar"
            [0]\
            """),
        scenario("standard input", "printf 'a\\nb\\n' | docker run -i --rm box wc -l", "2\n[0]"),
        scenario(
            "exec",
            """
            docker run -d --name ex box sleep 100 >id
            echo in | docker exec -i -e A=1 ex sh -c 'cat; echo $A'; docker exec ex sh -c 'exit 9'
            """,
            """
            in
            1
            [9]\
            """),
        scenario(
            "prune counts what the containers had written",
            """
            docker run --label pr box sh -c 'head -c 5000 /dev/zero >/x'
            docker container prune -f --filter label=pr | tail -n 1
            """,
            "Total reclaimed space: 5kB\n[0]"),
        scenario(
            "events are filtered by the beginning of a name, whatever their type",
            """
            since=$(date +%s.%N)
            docker volume create prefixed >/dev/null
            docker volume rm prefixed >/dev/null
            docker events --since $since --until $(date +%s.%N) --filter container=prefi --format '{{.Type}} {{.Action}}'
            """,
            """
            volume create
            volume destroy
            [0]\
            """),
        scenario(
            "what contradicts is refused",
            """
            docker run -w rel box true 2>&1 | sed 's/[.]$//;q'
            docker run --rm -w /bin/busybox box true 2>&1 | sed 's/[.]$//;q'
            docker run -m 1m box true 2>&1 | sed 's/[.]$//;q'
            docker run --cap-add NO box true 2>&1 | sed 's/[.]$//;q'
            docker run --log-opt bad=1 box true 2>&1 | sed 's/[.]$//;q'
            docker run --pid container:nobody box true 2>&1 | sed 's/[.]$//;q'
            docker run --runtime nothing box true 2>&1 | sed 's/[.]$//;q'
            docker run --ip 1.2.3.4 box true 2>&1 | sed 's/[.]$//;3q'
            """,
            """
            docker: Error response from daemon: the working directory 'rel' is invalid, it needs to be an absolute path
            docker: Error response from daemon: Cannot mkdir: /bin/busybox is not a directory
            docker: Error response from daemon: Minimum memory limit allowed is 6MB
            docker: Error response from daemon: invalid CapAdd: unknown capability: "CAP_NO"
            docker: Error response from daemon: unknown log opt 'bad' for json-file log driver
            docker: Error response from daemon: No such container: nobody
            docker: Error response from daemon: unknown or invalid runtime name: nothing
            docker: Error response from daemon: invalid config for network bridge: invalid endpoint settings:
            * user specified IP address is supported on user defined networks only
            * no configured subnet or ip-range contain the IP address 1.2.3.4
            [0]\
            """),
        scenario(
            "changes",
            """
            docker run --name df box sh -c 'echo a >/new; mkdir /d; touch /d/x; rm /bin/vi'
            docker diff df | sort
            """,
            """
            A /d
            A /d/x
            A /new
            C /bin
            D /bin/vi
            [0]\
            """),
        scenario(
            "commit",
            """
            docker run --name cm box sh -c 'echo a >/new'
            docker commit -m msg -c 'CMD ["cat","/new"]' -c 'ENV B=2' cm cm:1 >id
            docker run --rm cm:1; docker image inspect -f '{{.Comment}} {{.Config.Cmd}}' cm:1
            docker commit -c 'RUN x' cm
            """,
            """
            a
            msg [cat /new]
            Error response from daemon: RUN is not a valid change command
            [1]\
            """),
        scenario(
            "save and load",
            """
            docker tag box kept:1; docker save -o kept.tar kept:1; docker rmi kept:1
            docker load -i kept.tar; docker run --rm kept:1 echo ok
            """,
            """
            Untagged: kept:1
            Loaded image: kept:1
            ok
            [0]\
            """),
        scenario(
            "update",
            """
            docker run -d --name up -m 64m box sleep 100 >id
            docker update -m 32m --memory-swap 64m --restart always up
            docker inspect -f '{{.HostConfig.Memory}} {{.HostConfig.RestartPolicy.Name}}' up
            """,
            """
            up
            33554432 always
            [0]\
            """),
        scenario(
            "disk usage",
            "docker system df --format '{{.Type}}'; docker builder prune -f 2>&1 | tail -1",
            """
            Images
            Containers
            Local Volumes
            Build Cache
            Total reclaimed space: 0B
            [0]\
            """),
        scenario(
            "network counters",
            """
            docker run -d --name st box sleep 100 >id
            docker stats --no-stream --format '{{.NetIO}}' st | grep -c 'B / '
            """,
            "1\n[0]"));
  }

  private static Arguments scenario(String name, String script, String printed) {
    return Arguments.of(name, script, printed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void the_cli_prints_what_it_does_with_dockerd(String name, String script, String printed)
      throws Exception {
    assertThat(sh(script)).isEqualTo(printed);
  }
}
