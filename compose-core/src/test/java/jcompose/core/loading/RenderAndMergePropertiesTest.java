package jcompose.core.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.loading.ResolveResult.Resolved;
import jcompose.core.loading.ResolveResult.Unresolved;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.yaml.Origin.Cause;
import jcompose.core.yaml.YamlLimits;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlReader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RenderAndMergePropertiesTest {
  private static final List<String> KEYS =
      List.of(
          "command: [a, 'b $$c']",
          "entrypoint: sh -c 'x y'",
          "environment: {A: 1.50, B: , C: $$d, D: 'a=b'}",
          "environment: [A=2, E]",
          "labels: [x=y, z]",
          "labels: {x: 1e6, w: 2024-01-02}",
          "ports: ['80', '8080:80', '127.0.0.1:9000-9002:90-92/udp', {target: 7}]",
          "volumes: ['data:/d:ro', ./a:/b, /c, {type: tmpfs, target: /t, tmpfs: {size: 1m}}]",
          "networks: {front: {aliases: [w], ipv4_address: 10.0.0.2}, back: }",
          "depends_on: [other]",
          "depends_on: {other: {condition: service_healthy, required: false}}",
          "healthcheck: {test: curl x, interval: 90s, retries: 0}",
          "deploy: {replicas: 2, resources: {limits: {cpus: '0.5', memory: 50M}}, update_config:"
              + " {}}",
          "build: {context: ./b, args: {V: '1'}, ssh: [default, k=./key], additional_contexts: {c:"
              + " ./d}}",
          "ulimits: {nofile: {soft: 1, hard: 2}, nproc: 3}",
          "logging: {driver: json-file, options: {max-size: 10m, max-file: 3}}",
          "secrets: [s, {source: s, target: t, mode: 0440}]",
          "configs: [{source: c, target: /etc/c}]",
          "extra_hosts: ['h:1.2.3.4', 'v6=[::1]']",
          "devices: ['/dev/a:/dev/b:r']",
          "tmpfs: /run",
          "memswap_limit: -1",
          "mem_limit: 50m",
          "stop_grace_period: 1m30s",
          "init: true",
          "sysctls: {net.core.somaxconn: 1024}",
          "post_start: [{command: a b, environment: [X=1]}]",
          "develop: {watch: [{path: ./src, action: sync, target: /src, ignore: [n]}]}",
          "gpus: all",
          "x-note: {a: [1, $$]}");

  private static final String REST =
      """

        other: {image: y, healthcheck: {test: [NONE]}}
      networks: {front: {ipam: {config: [{subnet: 10.0.0.0/8}]}}, back: {driver: bridge}}
      volumes: {data: {labels: {a: b}}}
      secrets: {s: {file: ./s}}
      configs: {c: {content: "a $$b\\n"}}
      """;

  @Provide
  Arbitrary<List<String>> keys() {
    return Arbitraries.of(KEYS)
        .list()
        .ofMaxSize(8)
        .uniqueElements(it -> it.substring(0, it.indexOf(':')));
  }

  private static String file(List<String> keys) {
    return "name: p\nservices:\n  web:\n    image: x\n    " + String.join("\n    ", keys) + REST;
  }

  private static ResolvedProject load(String text) {
    var request =
        new LoadRequest(
            Path.of("/project"),
            List.of("-"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Map.of("HOME", "/home/u"),
            () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            LoadRequest.Options.DEFAULT);
    return switch (new ProjectLoader().resolve(request)) {
      case Resolved(var project, _) -> project;
      case Unresolved(_, var problems) ->
          throw new AssertionError(
              text + String.join("\n", problems.stream().map(Diagnostic::render).toList()));
    };
  }

  @Property(tries = 150)
  void what_is_printed_loads_to_the_same_project(@ForAll("keys") List<String> keys) {
    ResolvedProject project = load(file(keys));

    ResolvedProject again = load(JsonText.of(project.yaml()));

    assertThat(JsonText.of(again.json())).isEqualTo(JsonText.of(project.json()));
    assertThat(JsonText.of(again.yaml())).isEqualTo(JsonText.of(project.yaml()));
  }

  @Property(tries = 150)
  void merging_is_associative(
      @ForAll("keys") List<String> one,
      @ForAll("keys") List<String> two,
      @ForAll("keys") List<String> three) {
    YamlMapping a = tree(one);
    YamlMapping b = tree(two);
    YamlMapping c = tree(three);

    assertThat(JsonText.of(merged(merged(a, b), c)))
        .isEqualTo(JsonText.of(merged(a, merged(b, c))));
  }

  private static YamlMapping tree(List<String> keys) {
    var file = new SourceFile("compose.yaml", file(keys));
    return (YamlMapping) new YamlReader(YamlLimits.DEFAULT).read(file).documents().getFirst();
  }

  private static YamlMapping merged(YamlMapping base, YamlMapping over) {
    var problems = new Problems();
    YamlMapping result = new Merge(problems, new History(), Cause.FILE).files(base, over);
    assertThat(problems.all()).isEmpty();
    return new Unique().apply(result);
  }
}
