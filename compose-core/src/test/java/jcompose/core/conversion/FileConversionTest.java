package jcompose.core.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.loading.LoadRequest;
import jcompose.core.loading.LoadResult;
import jcompose.core.loading.ProjectLoader;
import jcompose.core.model.Project;
import jcompose.core.model.Service;
import jcompose.core.resource.MountSpec;
import jcompose.core.source.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileConversionTest {
  @TempDir private Path folder;

  private Project project(String grants) throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: p
        services:
          a:
            image: i
            %s
        secrets:
          file: {file: /f}
          said: {environment: SAID}
          unset: {environment: NOT_SET}
          foreign: {external: true}
        configs:
          said: {environment: SAID}
          text: {content: "t $SAID"}
          foreign: {external: true}
        """
            .formatted(grants));
    var result = new ProjectLoader().load(LoadRequest.of(folder, Map.of("SAID", "word")));
    return ((LoadResult.Loaded) result).project();
  }

  private List<MountSpec> mounts(String grants) throws IOException {
    Project project = project(grants);
    Service service = Objects.requireNonNull(project.services().get("a"));
    return MountConversion.mounts(project, service, List.of());
  }

  @Test
  void files_are_mounted_and_what_variables_and_contents_say_is_written() throws IOException {
    assertThat(
            mounts(
                "secrets: [file, said, {source: said, target: s, uid: '7', gid: '8', mode: 0400}]"))
        .containsExactly(
            new MountSpec.Bind(
                "/f",
                "/run/secrets/file",
                true,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty()),
            new MountSpec.Content("word", "/run/secrets/said", 0, 0, 0444),
            new MountSpec.Content("word", "/run/secrets/s", 7, 8, 0400));
    assertThat(mounts("configs: [said, {source: text, target: /etc/t}]"))
        .containsExactly(
            new MountSpec.Content("word", "/said", 0, 0, 0444),
            new MountSpec.Content("t word", "/etc/t", 0, 0, 0444));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secrets: [unset]|environment variable \"NOT_SET\" required by secret \"unset\" is not set",
        "secrets: [foreign]|unsupported external secret \"foreign\"",
        "configs: [foreign]|unsupported external config \"foreign\"",
        "secrets: [{source: said, uid: me}]|invalid uid \"me\" of \"said\": expected a number",
      })
  void what_cannot_be_given_is_said(String grants, String message) {
    assertThatThrownBy(() -> mounts(grants))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_secret_is_not_printed() {
    assertThat(new MountSpec.Content("word", "/s", 0, 0, 0)).asString().doesNotContain("word");
  }

  @Test
  void owners_of_a_file_of_the_host_cannot_be_chosen() throws IOException {
    assertThat(IgnoredKeys.of(project("secrets: [{source: file, uid: '7', mode: 0400}, said]")))
        .extracting(Diagnostic::message)
        .containsExactly(
            "service \"a\": secrets[0].uid has no effect: a file of the host is mounted as it is",
            "service \"a\": secrets[0].mode has no effect: a file of the host is mounted as it is");
  }
}
