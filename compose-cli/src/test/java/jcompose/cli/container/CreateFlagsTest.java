package jcompose.cli.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.cli.settings.Interrupts;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.MountSpec;
import jcompose.core.resource.PortBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class CreateFlagsTest {
  @TempDir private Path folder;

  @Command
  private static final class Line {
    @CommandLine.Mixin private final CreateFlags flags = new CreateFlags();
  }

  private ContainerSpec spec(String line) {
    return spec(line, List.of());
  }

  private ContainerSpec spec(String line, List<ExposedPort> byImage) {
    var command = new Line();
    new CommandLine(command)
        .setStopAtPositional(true)
        .setOverwrittenOptionsAllowed(true)
        .parseArgs(line.split(" "));
    var invocation =
        new Invocation(
            Map.of("HOME", "/home/me", "FROM", "outside"),
            folder,
            InputStream.nullInputStream(),
            new PrintStream(PrintStream.nullOutputStream()),
            new PrintStream(PrintStream.nullOutputStream()),
            Terminal.NONE,
            Interrupts.none());
    return command.flags.spec(invocation, false, byImage);
  }

  @Test
  void a_program_its_words_and_variables() throws IOException {
    Files.writeString(folder.resolve("env"), "A=file\nB=b\n# no\nFROM\nMISSING\n");
    var spec =
        spec("-it -e A=1 -e FROM -e NOWHERE --env-file env -u 5:6 -w /w --entrypoint x bb -a b");
    assertThat(spec.image()).isEqualTo("bb");
    assertThat(spec.process().entrypoint()).contains(List.of("x"));
    assertThat(spec.process().command()).contains(List.of("-a", "b"));
    assertThat(spec.process().environment())
        .containsExactly("A=file", "B=b", "FROM=outside", "A=1", "FROM=outside");
    assertThat(spec.process().user()).contains("5:6");
    assertThat(spec.process().tty()).isTrue();
    assertThat(spec.process().stdinOnce()).isTrue();
  }

  @Test
  void ports_of_flags_and_of_the_image() {
    var spec =
        spec("-P -p 8080:80 -p 127.0.0.1::53/udp --expose 90-91 bb", List.of(port(80), port(443)));
    assertThat(spec.ports())
        .containsExactly(
            new PortBinding(port(80), Optional.empty(), Optional.of("8080")),
            new PortBinding(new ExposedPort(53, "udp"), Optional.of("127.0.0.1"), Optional.empty()),
            new PortBinding(port(90), Optional.empty(), Optional.empty()),
            new PortBinding(port(91), Optional.empty(), Optional.empty()),
            new PortBinding(port(443), Optional.empty(), Optional.empty()));
  }

  private static ExposedPort port(int number) {
    return new ExposedPort(number, "tcp");
  }

  @Test
  void volumes_binds_and_mounts() {
    var mounts =
        spec("-v data:/d:ro -v ./x:/x:Z -v ~/y:/y -v /anonymous"
                + " --mount type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=700"
                + " --mount type=bind,src=/a,target=/b,readonly,bind-propagation=rshared"
                + " --mount type=volume,src=v,dst=/v,volume-nocopy,volume-opt=type=nfs bb")
            .mounts();
    assertThat(mounts)
        .containsExactly(
            volume(Optional.of("data"), "/d", true, true, Map.of()),
            bind(folder.resolve("x").toString(), "/x", true, Optional.of("Z")),
            bind("/home/me/y", "/y", true, Optional.empty()),
            volume(Optional.empty(), "/anonymous", false, true, Map.of()),
            new MountSpec.Tmpfs("/t", false, Optional.of(1048576L), Optional.of(0700)),
            new MountSpec.Bind(
                "/a",
                "/b",
                true,
                Optional.of("rshared"),
                false,
                Optional.empty(),
                Optional.empty()),
            volume(Optional.of("v"), "/v", false, false, Map.of("type", "nfs")));
  }

  private static MountSpec volume(
      Optional<String> name,
      String target,
      boolean readOnly,
      boolean copyUp,
      Map<String, String> options) {
    return new MountSpec.Volume(
        name, target, readOnly, copyUp, Optional.empty(), Optional.empty(), options, Map.of());
  }

  private static MountSpec bind(
      String source, String target, boolean create, Optional<String> selinux) {
    return new MountSpec.Bind(
        source, target, false, Optional.empty(), create, selinux, Optional.empty());
  }

  @Test
  void networks_with_their_endpoints() {
    var spec =
        spec("--network front --network name=back,alias=db,ip=10.0.0.9 --network-alias web bb");
    assertThat(spec.isolation().networkMode()).isEmpty();
    assertThat(spec.networks().keySet()).containsExactly("front", "back");
    var endpoints = List.copyOf(spec.networks().values());
    assertThat(endpoints.get(0).aliases()).containsExactly("web");
    assertThat(endpoints.get(1).aliases()).containsExactly("db");
    assertThat(endpoints.get(1).ipv4Address()).contains("10.0.0.9");
    assertThat(spec("--network host bb").isolation().networkMode()).contains("host");
  }

  @Test
  void limits_and_health() {
    var spec = spec("-m 64m --cpus 1.5 --pids-limit 9 --health-cmd x --health-interval 1m30s bb");
    assertThat(spec.limits().memoryBytes()).contains(64L << 20);
    assertThat(spec.limits().nanoCpus()).contains(1_500_000_000L);
    assertThat(spec.healthCheck().orElseThrow().test()).containsExactly("CMD-SHELL", "x");
    assertThat(spec.healthCheck().orElseThrow().interval().orElseThrow()).hasSeconds(90);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rm --restart always bb | Conflicting options: --restart and --rm",
        "--name a/b bb | Invalid container name (a/b)",
        "-p 80:x bb | Invalid containerPort: x",
        "-v a:/b:bogus bb | invalid mode: bogus",
        "-v a:b bb | mount path must be absolute",
        "--mount dst=/x,bogus=1 bb | for \"--mount\" flag: unexpected key 'bogus'",
        "--mount type=bind,dst=/x bb | source is required",
        "-m lots bb | invalid argument \"lots\" for \"-m, --memory\" flag: invalid size: 'lots'",
        "--ulimit x bb | for \"--ulimit\" flag: invalid ulimit argument: x",
        "--device zero bb | zero is not an absolute path",
        "--no-healthcheck --health-cmd x bb | --no-healthcheck conflicts with --health-* options",
        "--security-opt x bb | Invalid --security-opt",
        "--add-host x bb | bad format for add-host",
        "-a out bb | valid streams are STDIN, STDOUT and STDERR",
        "--network a --network a bb | network \"a\" is specified multiple times",
      })
  void what_cannot_be_is_refused(String line, String sentence) {
    assertThatThrownBy(
            () -> {
              ContainerSpec spec = spec(line);
              throw new AssertionError("taken: " + spec);
            })
        .isNotInstanceOf(AssertionError.class)
        .hasMessageContaining(sentence);
  }
}
