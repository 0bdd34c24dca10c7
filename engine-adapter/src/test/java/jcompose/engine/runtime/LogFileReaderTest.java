package jcompose.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jcompose.core.engine.LogRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LogFileReaderTest {
  @TempDir Path folder;

  @Test
  void a_missing_file_is_an_empty_log() {
    assertThat(read(LogRequest.ALL)).isEmpty();
  }

  @Test
  void files_are_read_from_the_oldest_on() throws IOException {
    append("log.2", 1, 1, "a\n");
    append("log.1", 2, 2, "b\n");
    append("log", 3, 1, "c\n");
    assertThat(read(LogRequest.ALL)).isEqualTo("STDOUT:a\nSTDERR:b\nSTDOUT:c\n");
  }

  @Test
  void the_last_lines_are_found_across_records_and_files() throws IOException {
    append("log.1", 1, 1, "one\ntwo\nth");
    append("log", 2, 1, "ree\nfour");
    assertThat(tail(0)).isEmpty();
    assertThat(tail(1)).isEqualTo("STDOUT:four");
    assertThat(tail(2)).isEqualTo("STDOUT:thSTDOUT:ree\nfour");
    assertThat(tail(3)).isEqualTo("STDOUT:two\nthSTDOUT:ree\nfour");
    assertThat(tail(99)).isEqualTo(read(LogRequest.ALL));
  }

  @Test
  void times_stand_before_lines_and_not_within() throws IOException {
    append("log", 1_000_000_001L, 1, "a\nb");
    append("log", 2_000_000_000L, 1, "c\nd\n");
    assertThat(
            read(new LogRequest(false, Optional.empty(), Optional.empty(), Optional.empty(), true)))
        .isEqualTo(
            """
            STDOUT:1970-01-01T00:00:01.000000001Z a
            1970-01-01T00:00:01.000000001Z bSTDOUT:c
            1970-01-01T00:00:02.000000000Z d
            """);
  }

  @Test
  void since_and_until_choose_by_time() throws IOException {
    append("log", 1_000_000_000L, 1, "a\n");
    append("log", 2_000_000_000L, 1, "b\n");
    append("log", 3_000_000_000L, 1, "c\n");
    Optional<Instant> two = Optional.of(Instant.ofEpochSecond(2));
    assertThat(read(new LogRequest(false, Optional.empty(), two, two, false)))
        .isEqualTo("STDOUT:b\n");
  }

  @Test
  void half_a_record_is_not_read() throws IOException {
    append("log", 1, 1, "whole\n");
    Files.write(
        folder.resolve("log"),
        new byte[] {0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 9, 1},
        StandardOpenOption.APPEND);
    assertThat(read(LogRequest.ALL)).isEqualTo("STDOUT:whole\n");
    assertThat(tail(1)).isEqualTo("STDOUT:whole\n");
  }

  @Test
  void following_goes_on_through_a_turn_over_until_the_end() throws Exception {
    append("log", 1, 1, "a\n");
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    CompletableFuture<String> all =
        CompletableFuture.supplyAsync(
            () ->
                read(
                    new LogRequest(
                        true, Optional.empty(), Optional.empty(), Optional.empty(), false),
                    ended));
    Thread.sleep(50);
    append("log", 2, 1, "b\n");
    Files.move(folder.resolve("log"), folder.resolve("log.1"));
    append("log", 3, 1, "c\n");
    ended.complete(true);
    assertThat(all.get()).isEqualTo("STDOUT:a\nSTDOUT:b\nSTDOUT:c\n");
  }

  private void append(String file, long time, int stream, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer log = ByteBuffer.allocate(20 + bytes.length);
    log.putLong(time)
        .putInt(bytes.length)
        .put((byte) stream)
        .put(new byte[3])
        .put(bytes)
        .putInt(bytes.length);
    Files.write(
        folder.resolve(file), log.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private String tail(int lines) {
    return read(
        new LogRequest(false, Optional.of(lines), Optional.empty(), Optional.empty(), false));
  }

  private String read(LogRequest request) {
    return read(request, CompletableFuture.completedFuture(true));
  }

  private String read(LogRequest request, CompletableFuture<?> ended) {
    StringBuilder text = new StringBuilder();
    new LogFileReader()
        .read(
            folder.resolve("log"),
            request,
            ended,
            (stream, bytes, offset, length) ->
                text.append(stream)
                    .append(':')
                    .append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
    return text.toString();
  }
}
