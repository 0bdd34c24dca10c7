package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import jcompose.core.loading.ResolveResult.Resolved;
import jcompose.core.loading.ResolveResult.Unresolved;
import jcompose.core.yaml.YamlMapping;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What docker compose makes of one value, a row a rule.
class ComposeRulesTest {
  @TempDir private Path folder;

  private ResolveResult load(String text) throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), text);
    return new ProjectLoader().resolve(LoadRequest.of(folder, Map.of("N", "7")));
  }

  private static String with(String key, String value) {
    return """
    services:
      a: {image: x, %s: %s}
    volumes: {vv: }
    secrets: {s: {file: s}}
    configs: {c: {content: c}}
    """
        .formatted(key, value);
  }

  private static Object code(ResolveResult result) {
    return result instanceof Unresolved(_, var problems) ? problems.getFirst().code() : result;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          deploy|{restart_policy: {}}|{"resources":{},"restart_policy":{},"placement":{}}
          deploy|{update_config: {max_failure_ratio: 0}}|{"update_config":{},"resources":{},"placement":{}}
          deploy|{resources: {limits: {}, reservations: {}}}|{"resources":{"limits":{},"reservations":{}},"placement":{}}
          deploy|{resources: {limits: {pids: 1.0}}}|{"resources":{"limits":{"pids":1}},"placement":{}}
          deploy|{resources: {reservations: {generic_resources: [{discrete_resource_spec: {}}]}}}|{"resources":{"reservations":{"generic_resources":[{"discrete_resource_spec":{"kind":"","value":0}}]}},"placement":{}}
          blkio_config|{weight_device: [{path: /d}]}|{"weight_device":[{"Path":"/d","Weight":0}]}
          blkio_config|{device_read_bps: [{}]}|{"device_read_bps":[{"Path":"","Rate":"0"}]}
          cpu_shares|1.9|1
          cpu_percent|10.0|10
          healthcheck|{retries: 1.5}|{"retries":1}
          logging|{options: {a: 1.5, b: }}|{"options":{"a":"1.5","b":""}}
          ulimits|{NPROC: 7, nofile: {soft: 1, hard: 2, x-a: 1}}|{"NPROC":7,"nofile":{"soft":1,"hard":2}}
          ports|["80/tcp/udp"]|[{"mode":"ingress","target":80,"protocol":"tcp"}]
          post_start|[{user: u}]|[{"command":null,"user":"u"}]
          profiles|[""]|[""]
          gpus|[{foo: 1, count: 2}]|[{"count":2}]
          volumes|["vv:/a", "/b:/a/"]|[{"type":"bind","source":"/b","target":"/a","bind":{"create_host_path":true}}]
          volumes|[{type: volume, source: vv, target: ""}]|[{"type":"volume","source":"vv","target":"."}]
          mem_limit|0x10|"16"
          cpus|0.123456789|0.12345679
          extra_hosts|{h: []}|[]
          command|[h:]|["h:"]
          command|[a, h:, "b"]|["a","h:","b"]
          attach|"no"|false
          labels|{a: !!binary aGk=}|{"a":"hi"}
          labels|{a: 123456.5, b: 1000000.0, c: 100000000000000000000, d: 0.00001}|{"a":"123456.5","b":"1e+06","c":"1e+20","d":"1e-05"}
          labels|{a: !override 1.50, b: !override null, c: 1.50}|{"a":"1.50","b":"null","c":"1.5"}
          """)
  void a_value_is_read(String key, String value, String expected) throws IOException {
    assertThat(load(with(key, value)))
        .isInstanceOfSatisfying(
            Resolved.class,
            it -> {
              YamlMapping service =
                  it.project().json().mapping("services").orElseThrow().mapping("a").orElseThrow();
              assertThat(JsonText.of(Objects.requireNonNull(service.get(key)))).isEqualTo(expected);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cpu_count|-1|out-of-range
          cpu_percent|101|out-of-range
          cpu_percent|1.5|wrong-type
          cpu_shares|99999999999999999999|out-of-range
          oom_score_adj|"1001"|out-of-range
          mem_swappiness|1.5|wrong-type
          mem_limit|"0x10"|bad-value
          deploy|{resources: {limits: {memory: 5}}}|wrong-type
          deploy|{placement: {max_replicas_per_node: -1}}|out-of-range
          healthcheck|{retries: -1}|out-of-range
          blkio_config|{weight: "${N}"}|bad-value
          configs|[{source: c, mode: -1}]|out-of-range
          secrets|[{target: x}]|missing-key
          group_add|[1.5]|wrong-type
          expose|[80.5]|wrong-type
          labels|{"": x}|bad-name
          labels|{a: .inf}|no-such-number
          logging|{options: {a: true}}|wrong-type
          storage_opt|{a: 1.5}|wrong-type
          extra_hosts|["=1.2.3.4"]|bad-extra-host
          command|["h":]|wrong-type
          command|[h: ]|wrong-type
          pull_policy|every_5|unknown-value
          depends_on|{a: {}}|missing-key
          ulimits|{nofile: {single: 1, soft: 1, hard: 1}}|unknown-key
          build|{additional_contexts: [a]}|missing-value
          build|{ssh: [key]}|missing-value
          image|""|no-image
          ports|["80:0"]|missing-key
          ports|[{target: 80, host_ip: "1"}]|bad-port
          volumes|[{type: volume, source: v}]|missing-key
          volumes|[{type: tmpfs, target: /t, tmpfs: {size: -1}}]|out-of-range
          """)
  void a_value_is_refused(String key, String value, String code) throws IOException {
    String text = with(key, value);
    assertThat(code(load(key.equals("image") ? text.replace("image: x, ", "") : text)))
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          secrets|{file: ""}|{"name":"p_rr","file":"DIR"}
          configs|{file: ""}|{"name":"p_rr","file":"DIR"}
          secrets|{external: {a: true}}|{"name":"rr","external":true}
          secrets|{driver: d}|missing-key
          secrets|{external: false}|missing-key
          configs|{external: false}|{"name":"p_rr"}
          secrets|{environment: ""}|missing-key
          volumes|{driver: local, driver_opts: {o: bind, device: d}}|{"name":"p_rr","driver":"local","driver_opts":{"device":"DIR/d","o":"bind"}}
          volumes|{driver_opts: {o: bind, device: ./d}}|{"name":"p_rr","driver_opts":{"device":"./d","o":"bind"}}
          """)
  void a_resource_is_read(String section, String value, String expected) throws IOException {
    String use = section.equals("volumes") ? "[\"rr:/r\"]" : "[rr]";
    String text =
        """
        name: p
        services: {a: {image: x, %s: %s}}
        %s: {rr: %s}
        """
            .formatted(section, use, section, value);
    ResolveResult result = load(text);
    Object shown =
        result instanceof Resolved(var project, _)
            ? JsonText.of(project.json().mapping(section).orElseThrow().mapping("rr").orElseThrow())
                .replace(folder.toRealPath().toString(), "DIR")
            : code(result);
    assertThat(shown).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hostname: h|hostname: null|"hostname":"h"
          healthcheck: {interval: 1s}|healthcheck: {interval: null}|"interval":"1s"
          command: c|command: null|"command":null
          oom_score_adj: 5|oom_score_adj: !reset null|"image":"x","networks"
          """)
  void a_value_that_says_nothing_changes_nothing(String base, String over, String expected)
      throws IOException {
    ResolveResult result =
        load(
            """
            services:
              b: {image: x, %s}
              a: {extends: b, %s}
            """
                .formatted(base, over));
    assertThat(result)
        .isInstanceOfSatisfying(
            Resolved.class,
            it ->
                assertThat(
                        JsonText.of(
                            it.project()
                                .json()
                                .mapping("services")
                                .orElseThrow()
                                .mapping("a")
                                .orElseThrow()))
                    .contains(expected));
  }

  @ParameterizedTest
  @CsvSource({"true,foov", "false,Foo$V"})
  void a_name_is_not_interpolated_where_nothing_is(boolean normalize, String expected)
      throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), "name: Foo$V\nservices: {a: {image: x}}");
    var options = new LoadRequest.Options(false, normalize, true, true, true, false);
    var request = LoadRequest.of(folder, Map.of("V", "bar")).withOptions(options);
    assertThat(new ProjectLoader().resolve(request))
        .isInstanceOfSatisfying(
            Resolved.class, it -> assertThat(it.project().tree().text("name")).contains(expected));
  }
}
