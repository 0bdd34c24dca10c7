package jcompose.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.HealthCheck;
import jcompose.core.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileParserTest {
  private static Dockerfile parse(String text) {
    return DockerfileParser.parse(new SourceFile("Dockerfile", text));
  }

  private static Instruction second(String line) {
    return parse("FROM scratch\n" + line).instructions().get(1);
  }

  private static DockerfileException failure(String text) {
    return catchThrowableOfType(DockerfileException.class, () -> parse(text));
  }

  @Test
  void each_instruction_is_read() {
    assertThat(second("run a  b")).extracting("command").isEqualTo(new Command.Shell("a  b"));
    assertThat(second("RUN [ \"a\", \"b\\u0041\\n\" ]"))
        .extracting("command")
        .isEqualTo(new Command.Exec(List.of("a", "bA\n")));
    assertThat(second("RUN ['a']")).extracting("command").isEqualTo(new Command.Shell("['a']"));
    assertThat(second("CMD")).extracting("command").isEqualTo(new Command.Shell(""));
    assertThat(second("ENV a=b \"c d\"=e f='g h' i=j\\ k"))
        .extracting("values")
        .isEqualTo(
            List.of(
                new KeyValue("a", "b"),
                new KeyValue("\"c d\"", "e"),
                new KeyValue("f", "'g h'"),
                new KeyValue("i", "j\\ k")));
    assertThat(second("ENV a b  c=d"))
        .extracting("values")
        .isEqualTo(List.of(new KeyValue("a", "b  c=d")));
    assertThat(second("ARG a b=c d="))
        .extracting("definitions")
        .isEqualTo(
            List.of(
                new Instruction.Arg.Definition("a", Optional.empty()),
                new Instruction.Arg.Definition("b", Optional.of("c")),
                new Instruction.Arg.Definition("d", Optional.of(""))));
    assertThat(second("VOLUME [\"/a b\"]")).extracting("paths").isEqualTo(List.of("/a b"));
    assertThat(second("EXPOSE 80 443/tcp")).extracting("ports").isEqualTo(List.of("80", "443/tcp"));
    assertThat(second("WORKDIR /a b")).extracting("path").isEqualTo("/a b");
    assertThat(second("ONBUILD COPY . /app")).extracting("trigger").isEqualTo("COPY . /app");
    assertThat(second("SHELL [\"/bin/bash\",\"-c\"]"))
        .extracting("words")
        .isEqualTo(List.of("/bin/bash", "-c"));
  }

  @Test
  void copy_takes_flags_and_forms() {
    var copy =
        (Instruction.Copy)
            second(
                "COPY --from=build --chown=1:2 --chmod=755 --link --exclude=a --exclude=b x y/"
                    + " /z/");
    assertThat(copy.from()).contains("build");
    assertThat(copy.transfer())
        .isEqualTo(
            new Instruction.Transfer(
                List.of("x", "y/"),
                List.of(),
                "/z/",
                Optional.of("1:2"),
                Optional.of("755"),
                true,
                false,
                List.of("a", "b")));
    assertThat(second("COPY [\"a b\", \"/c d/\"]"))
        .extracting("transfer.sources", "transfer.destination")
        .containsExactly(List.of("a b"), "/c d/");
  }

  @Test
  void a_health_check_is_read() {
    assertThat(second("HEALTHCHECK --interval=1m30s --timeout=500ms --retries=3 CMD wget -q x"))
        .extracting("check")
        .isEqualTo(
            new HealthCheck(
                List.of("CMD-SHELL", "wget -q x"),
                Optional.of(Duration.ofSeconds(90)),
                Optional.of(Duration.ofMillis(500)),
                Optional.of(3),
                Optional.empty(),
                Optional.empty()));
    assertThat(second("HEALTHCHECK CMD [\"a\"]"))
        .extracting("check.test")
        .isEqualTo(List.of("CMD", "a"));
    assertThat(second("HEALTHCHECK none")).extracting("check.test").isEqualTo(List.of("NONE"));
  }

  @Test
  void lines_are_joined_and_comments_between_them_dropped() {
    Dockerfile file =
        parse("\uFEFFFROM scratch\r\nRUN a \\  \r\n  # no\n\n   b \\\n c\n  # end\nRUN d # e\n");
    assertThat(file.instructions()).hasSize(3);
    assertThat(file.instructions().get(1).origin().text()).isEqualTo("RUN a    b  c");
    assertThat(file.instructions().get(1).origin().range())
        .hasToString("Dockerfile:2:1")
        .extracting("endLine", "endColumn")
        .containsExactly(6, 3);
    assertThat(file.instructions().get(2))
        .extracting("command")
        .isEqualTo(new Command.Shell("d # e"));
    assertThat(file.warnings()).hasSize(1);
  }

  @Test
  void the_escape_directive_frees_the_backslash() {
    Dockerfile file = parse("# escape=`\nFROM scratch\nRUN dir c:\\\nRUN a `\n b");
    assertThat(file.instructions())
        .extracting(it -> it.origin().text())
        .containsExactly("FROM scratch", "RUN dir c:\\", "RUN a  b");
  }

  @Test
  void a_directive_after_anything_else_is_a_comment() {
    assertThat(parse("# hello\n# escape=`\nFROM scratch").escape()).isEqualTo('\\');
    assertThat(parse("\n# escape=`\nFROM scratch").escape()).isEqualTo('\\');
    assertThat(parse("# Syntax = docker/dockerfile:1\n#ESCAPE=`\nFROM scratch").escape())
        .isEqualTo('`');
  }

  @Test
  void heredocs_are_taken_in() {
    assertThat(second("RUN <<EOF\n a\n$b\nEOF"))
        .extracting("command")
        .isEqualTo(new Command.Shell(" a\n$b\n"));
    assertThat(second("RUN <<-EOF\n\ta\n\tEOF"))
        .extracting("command")
        .isEqualTo(new Command.Shell("a\n"));
    assertThat(second("RUN <<EOF\n#!/bin/awk\nEOF"))
        .extracting("command")
        .isEqualTo(new Command.Script(new Heredoc("EOF", "#!/bin/awk\n", true)));
    assertThat(second("RUN cat <<A <<'B' >x\n1\nA\n2\nB"))
        .extracting("command")
        .isEqualTo(new Command.Shell("cat <<A <<'B' >x\n1\nA\n2\nB\n"));
    var copy =
        (Instruction.Copy) second("COPY <<one.txt <<\"two\" a /dir/\nx $y\none.txt\nz\ntwo\n");
    assertThat(copy.transfer().sources()).containsExactly("a");
    assertThat(copy.transfer().documents())
        .containsExactly(new Heredoc("one.txt", "x $y\n", true), new Heredoc("two", "z\n", false));
    assertThat(parse("FROM scratch\nCMD cat <<EOF\nRUN x").instructions()).hasSize(3);
    assertThat(second("ONBUILD RUN <<EOF\nx\nEOF"))
        .extracting("trigger")
        .isEqualTo("RUN <<EOF\nx\nEOF");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "FRMO scratch                              | 1:1 | unknown instruction: FRMO (did you mean"
            + " FROM?)",
        "RUN x                                     | 1:1 | no build stage in current context",
        "# only a comment                          | 1:1 | file with no instructions",
        "FROM a b                                  | 1:1 | FROM requires either one or three"
            + " arguments",
        "FROM a AS 1x                              | 1:1 | invalid name for build stage: \"1x\"",
        "FROM scratch;COPY a                       | 2:1 | COPY requires at least two arguments",
        "FROM scratch;COPY --chwon=1 a b           | 2:6 | unknown flag: --chwon",
        "FROM scratch;COPY --from=a --from=b c d   | 2:15 | duplicate flag specified: from",
        "FROM scratch;COPY --link=no a b           | 2:6 | expecting boolean value for flag link",
        "FROM scratch;ENV a                        | 2:1 | ENV must have two arguments",
        "FROM scratch;ENV a=b c                    | 2:1 | can't find = in \"c\"",
        "FROM scratch;ENV                          | 2:1 | ENV requires at least one argument",
        "FROM scratch;SHELL a                      | 2:1 | SHELL requires the arguments to be in"
            + " JSON form",
        "FROM scratch;ONBUILD ONBUILD RUN x        | 2:1 | Chaining ONBUILD",
        "FROM scratch;ONBUILD FROM x               | 2:1 | FROM isn't allowed as an ONBUILD"
            + " trigger",
        "FROM scratch;HEALTHCHECK FOO              | 2:1 | Unknown type \"FOO\" in HEALTHCHECK",
        "FROM scratch;HEALTHCHECK --interval=5 CMD | 2:1 | Missing command after HEALTHCHECK CMD",
        "FROM scratch;HEALTHCHECK --interval=5 CMD x | 2:1 | invalid duration \"5\"",
        "FROM scratch;RUN <<EOF;x                  | 2:1 | unterminated heredoc",
        "FROM scratch;COPY a <<EOF;EOF             | 2:1 | cannot accept a heredoc as a"
            + " destination",
        "# escape=x;FROM scratch                   | 1:1 | invalid escape token 'x'",
        "# escape=`;# escape=`;FROM scratch        | 2:1 | only one escape parser directive"
      })
  void what_is_wrong_is_told_with_its_place(String text, String place, String message) {
    DockerfileException failure = failure(text.replace(';', '\n'));
    assertThat(failure).hasMessageContaining(message);
    assertThat(failure.diagnostic().range()).map(Object::toString).contains("Dockerfile:" + place);
  }

  @Test
  void an_error_shows_the_line_with_a_caret() {
    assertThat(failure("FROM scratch\nRUN a \\\n b\nCOPPY a b\n").diagnostic().render())
        .isEqualTo(
            """
            Dockerfile:4:1: error: dockerfile parse error on line 4: unknown instruction: COPPY (did you mean COPY?) [unknown-instruction]
               4 | COPPY a b
                 | ^^^^^\
            """);
  }
}
