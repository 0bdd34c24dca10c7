package jcompose.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
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
    append("log.1", 1, 1, "a\n");
    append("log.2", 2, 2, "b\n");
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

  @Test
  void nothing_is_lost_or_told_twice_while_files_turn_over_under_several_readers()
      throws Exception {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    var follow = new LogRequest(true, Optional.empty(), Optional.empty(), Optional.empty(), false);
    append("log", 1, 1, "0\n");
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var readers = new ArrayList<Future<String>>();
    for (int reader = 0; reader < 3; reader++) {
      int pause = reader;
      readers.add(threads.submit(() -> read(follow, ended, pause)));
    }
    StringBuilder expected = new StringBuilder("STDOUT:0\n");
    for (int line = 1; line < 400; line++) {
      if (line % 10 == 0) {
        Files.move(folder.resolve("log"), folder.resolve("log." + line / 10));
        if (line % 20 == 0) {
          new LogCompressor(folder.resolve("log")).compress();
        }
      }
      append("log", line + 1, 1, line + "\n");
      expected.append("STDOUT:").append(line).append('\n');
    }
    ended.complete(true);
    for (Future<String> reader : readers) {
      assertThat(reader.get()).isEqualTo(expected.toString());
    }
    threads.close();
  }

  @Test
  void the_last_lines_and_times_go_through_files_that_were_turned_over() throws IOException {
    for (int file = 3; file >= 0; file--) {
      String name = file == 0 ? "log" : "log." + (4 - file);
      append(name, (4 - file) * 1_000_000_000L, 1, "a" + file + "\n");
      append(name, (4 - file) * 1_000_000_000L + 5, 2, "b" + file + "\n");
    }
    assertThat(tail(3)).endsWith("STDERR:b1\nSTDOUT:a0\nSTDERR:b0\n");
    Optional<Instant> two = Optional.of(Instant.ofEpochSecond(2));
    Optional<Instant> three = Optional.of(Instant.ofEpochSecond(3));
    assertThat(read(new LogRequest(false, Optional.empty(), two, three, false)))
        .isEqualTo("STDOUT:a2\nSTDERR:b2\nSTDOUT:a1\n");
    assertThat(read(new LogRequest(false, Optional.of(4), three, Optional.empty(), false)))
        .endsWith("STDOUT:a1\nSTDERR:b1\nSTDOUT:a0\nSTDERR:b0\n");
  }

  @Test
  void compressed_files_are_read_as_the_others() throws IOException {
    append("log.7", 1, 1, "a\nb\n");
    append("log.8", 2, 2, "c\n");
    new LogCompressor(folder.resolve("log")).compress();
    append("log.9", 3, 1, "d\n");
    append("log", 4, 1, "e\n");
    assertThat(folder.toFile().list()).containsOnly("log.7.gz", "log.8.gz", "log.9", "log");
    assertThat(read(LogRequest.ALL)).isEqualTo("STDOUT:a\nb\nSTDERR:c\nSTDOUT:d\nSTDOUT:e\n");
    assertThat(tail(4)).isEqualTo("STDOUT:b\nSTDERR:c\nSTDOUT:d\nSTDOUT:e\n");
  }

  @Test
  void half_compressed_files_count_for_nothing() throws IOException {
    append("log.1", 1, 1, "a\n");
    Files.writeString(folder.resolve("log.1.gz"), "left by a daemon that was killed");
    Files.writeString(folder.resolve("log.1.gz.new"), "and this");
    append("log", 2, 1, "b\n");
    assertThat(read(LogRequest.ALL)).isEqualTo("STDOUT:a\nSTDOUT:b\n");
    new LogCompressor(folder.resolve("log")).compress();
    assertThat(folder.toFile().list()).containsOnly("log.1.gz", "log");
    assertThat(read(LogRequest.ALL)).isEqualTo("STDOUT:a\nSTDOUT:b\n");
  }

  @Test
  void a_line_longer_than_a_record_is_one_line() throws IOException {
    append("log.1", 1, 1, "before\n" + "x".repeat(65_000));
    append("log", 2, 1, "x".repeat(40_000));
    append("log", 3, 1, "x\nafter\n");
    String text = "x".repeat(65_000);
    assertThat(tail(2).replace("STDOUT:", "")).isEqualTo(text + "x".repeat(40_001) + "\nafter\n");
    assertThat(
            read(new LogRequest(false, Optional.of(2), Optional.empty(), Optional.empty(), true))
                .lines())
        .hasSize(2)
        .last()
        .isEqualTo("1970-01-01T00:00:00.000000003Z after");
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
    return read(request, ended, 0);
  }

  private String read(LogRequest request, CompletableFuture<?> ended, int pause) {
    StringBuilder text = new StringBuilder();
    new LogFileReader()
        .read(
            folder.resolve("log"),
            request,
            Optional.empty(),
            ended,
            (stream, bytes, offset, length) -> {
              text.append(stream)
                  .append(':')
                  .append(new String(bytes, offset, length, StandardCharsets.UTF_8));
              LockSupport.parkNanos(pause * 200_000L);
            });
    return text.toString();
  }
}
