package jcompose.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The monitor's reader under gcc's sanitizers, fed with damaged frames. `-Djcompose.fuzz=N` feeds
/// it N of them.
class MonitorReaderTest {
  private static final Path SOURCES = Path.of("src/main/native/src");

  @TempDir Path folder;

  @Test
  void what_no_engine_sends_is_refused_without_harm() throws Exception {
    Path program = folder.resolve("fuzz_reader");
    List<String> command =
        new ArrayList<>(
            List.of(
                "gcc",
                "-std=gnu17",
                "-O1",
                "-g",
                "-fsanitize=address,undefined",
                "-fno-sanitize-recover=all",
                "-Wno-unused-parameter",
                "-o",
                program.toString(),
                "src/test/native/fuzz_reader.c"));
    try (var sources = Files.list(SOURCES)) {
      sources
          .map(Path::toString)
          .filter(it -> it.endsWith(".c") && !it.endsWith("main.c"))
          .forEach(command::add);
    }
    String compiled = run(command);
    Assumptions.assumeFalse(compiled.contains("asan"), "gcc has no address sanitizer here");
    assertThat(compiled).isEmpty();
    String count = System.getProperty("jcompose.fuzz", "100000");
    assertThat(run(List.of(program.toString(), count, Long.toString(System.nanoTime()))))
        .startsWith(count + " inputs read");
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
