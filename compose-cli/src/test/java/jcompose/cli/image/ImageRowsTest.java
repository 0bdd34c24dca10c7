package jcompose.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import jcompose.cli.template.Tree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A row a tag, and with digests one a digest, as docker has them.
final class ImageRowsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'[\"a:1\",\"a:2\",\"h:5000/b:x\"]' | '[]' | false | 'a 1 <none>,a 2 <none>,h:5000/b x"
            + " <none>'",
        "'[\"a:1\"]' | '[\"a@sha256:9\"]' | false | a 1 <none>",
        "'[\"a:1\"]' | '[\"a@sha256:9\"]' | true | a 1 sha256:9",
        "'[]' | '[\"a@sha256:9\"]' | false | a <none> <none>",
        "'[]' | '[\"a@sha256:9\"]' | true | a <none> sha256:9",
        "'[\"<none>:<none>\"]' | '[\"<none>@<none>\"]' | true | <none> <none> <none>",
        "null | null | true | <none> <none> <none>",
      })
  void rows(String tags, String sums, boolean digests, String expected) {
    var image =
        Tree.parse(
            """
            {"Id":"sha256:0123456789abcdef","Created":1,"RepoTags":%s,"RepoDigests":%s,"Size":1985472}
            """
                .formatted(tags, sums));
    var rows = new ImageRows(Instant.ofEpochSecond(61), false, digests).of(image);
    assertThat(rows)
        .extracting(
            it ->
                it.fields().get("Repository")
                    + " "
                    + it.fields().get("Tag")
                    + " "
                    + it.fields().get("Digest"))
        .containsExactly(expected.split(","));
    assertThat(rows.getFirst().fields())
        .containsEntry("CreatedSince", "About a minute ago")
        .containsEntry("ID", "0123456789ab")
        .containsEntry("Size", "1.99MB")
        .containsEntry("VirtualSize", "1.985MB")
        .containsEntry("SharedSize", "N/A");
  }
}
