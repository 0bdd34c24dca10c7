package jcompose.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.cli.settings.UsageError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowFormatTest {
  private static final Row ROW =
      new Row(
          new TreeMap<>(
              Map.of("Name", "a-1", "Size", 3L, "Empty", "", "Ports", List.of("80", "443"))),
          Map.of("tier", "front"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '$',
      value = {
        "plain ~ plain",
        "{{.Name}} ~ a-1",
        "<{{ .Name }}:{{.Size}}> ~ <a-1:3>",
        "{{json .Name}} ~ \"a-1\"",
        "{{json .}} ~ {\"Empty\":\"\",\"Name\":\"a-1\",\"Ports\":[\"80\",\"443\"],\"Size\":3}",
        "{{.Name | upper}} ~ A-1",
        "{{upper .Name | json}} ~ \"A-1\"",
        "{{.Label \"tier\"}} ~ front",
        "{{.Label \"none\"}}. ~ .",
        "{{if .Empty}}yes{{else}}no{{end}} ~ no",
        "{{if .Name}}yes{{end}} ~ yes",
        "{{if eq .Name \"b\"}}b{{else if eq .Name \"a-1\"}}a{{else}}?{{end}} ~ a",
        "{{join .Ports \"+\"}} ~ 80+443",
        "{{index (x) 0}} ~ !function",
        "{{range .Ports}}<{{.}}>{{else}}none{{end}} ~ <80><443>",
        "{{range $i, $p := .Ports}}{{if $i}},{{end}}{{$p}}{{end}} ~ 80,443",
        "{{with .Empty}}{{.}}{{else}}{{$.Name}}{{end}} ~ a-1",
        "{{with $x := index .Ports 1}}{{$x}}{{end}} ~ 443",
        "{{$n := .Name}}{{printf \"%-5s|%03d\" $n .Size}} ~ a-1  |003",
        "{{(index .Ports 0)}} ~ 80",
        "{{len .Ports}}{{if and .Name (gt .Size 2)}}!{{end}} ~ 2!",
        "{{slice .Name 0 1}} ~ a",
        "{{truncate .Name 2}}~a-",
        "a {{- .Name -}} b ~ aa-1b",
        "{{printf \"%c\" .Name}} ~ !verb",
        "{{printf \"%+v\" .Name}} ~ !flag",
        "{{\"a\\\\nb\"}} ~ a\\nb",
        "{{\"\\q\"}} ~ !escape",
        "{{/* nothing */}}x ~ x",
        "{{\"}}\"}} ~ }}"
      })
  void a_template_is_filled_as_go_does(String template, String expected) {
    if (expected.startsWith("!")) {
      assertThatThrownBy(() -> RowTemplate.of(template).fill(ROW)).isInstanceOf(UsageError.class);
    } else {
      assertThat(RowTemplate.of(template).fill(ROW)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.Nme}}",
        "{{.Name",
        "{{nope .Name}}",
        "{{if .Name}}",
        "{{end}}",
        "{{}}",
        "{{range .Ports}}"
      })
  void what_is_no_template_is_refused(String template) {
    assertThatThrownBy(() -> RowTemplate.of(template).fill(ROW)).isInstanceOf(UsageError.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table | NAME      Size~a-1       3~",
        "table {{.Name}} | NAME~a-1~",
        "table {{.Size}}\\t{{.Name}}\\t{{.Label \"tier\"}} | Size      NAME      tier~3         a-1"
            + "       front~",
        "{{.Name}}\\t{{.Size}} | a-1\t3~"
      })
  void a_table_has_titles_and_columns(String format, String expected) {
    var out = new ByteArrayOutputStream();
    new RowFormat(format, "{{.Name}}\t{{.Size}}", Map.of("Name", "NAME"))
        .print(List.of(ROW), ROW, new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(expected.replace("~", "\n"));
  }

  @Test
  void memory_has_four_digits_that_count() {
    assertThat(List.of(0L, 999L, 1024L, 13_233_152L, 25_275_858_944L).stream().map(Sizes::binary))
        .containsExactly("0B", "999B", "1KiB", "12.62MiB", "23.54GiB");
  }
}
