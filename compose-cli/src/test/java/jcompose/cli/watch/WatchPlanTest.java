package jcompose.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jcompose.core.model.Hook;
import jcompose.core.model.WatchRule;
import jcompose.core.model.WatchRule.Action;
import jcompose.engine.dockerfile.IgnoreRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchPlanTest {
  @TempDir private Path folder;

  private static WatchedRule rule(
      String service, String path, Action action, List<String> ignore, List<String> include) {
    var hook =
        new Hook(
            List.of("reload"),
            Optional.empty(),
            false,
            Optional.empty(),
            new LinkedHashMap<>(),
            Optional.empty(),
            false);
    return new WatchedRule(
        service,
        new WatchRule(
            path,
            action,
            Optional.of("/app"),
            ignore,
            include,
            false,
            action == Action.SYNC_EXEC ? Optional.of(hook) : Optional.empty()),
        Optional.of(Path.of("/p")),
        IgnoreRules.parse("dist\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "/p/src/a.js, true",
    "/p/src/deep/b.js, true",
    "/p/src, true",
    "/p/other/a.js, false",
    "/p/srcs/a.js, false",
    "/p/src/node_modules/x, false",
    "/p/src/.git/index, false",
    "/p/src/a.js~, false",
    "/p/src/.a.js.swp, false"
  })
  void a_rule_is_about_files_below_its_path_that_nothing_ignores(String file, boolean matches) {
    var rule = rule("web", "/p/src", Action.SYNC, List.of("node_modules/"), List.of());
    assertThat(rule.matches(Path.of(file))).isEqualTo(matches);
  }

  @Test
  void only_included_files_count_and_the_contexts_ignore_file_does_too() {
    var rule = rule("web", "/p", Action.SYNC, List.of(), List.of("**/*.js"));
    assertThat(rule.matches(Path.of("/p/a/b.js"))).isTrue();
    assertThat(rule.matches(Path.of("/p/a/b.css"))).isFalse();
    assertThat(rule.matches(Path.of("/p/dist/b.js"))).isFalse();
    assertThat(rule.target(Path.of("/p/a/b.js"))).contains("/app/a/b.js");
  }

  @ParameterizedTest
  @CsvSource({
    "sync, rebuild=[] copies={web={/p/src/f=/app/f}} restart=[] commands={}",
    "rebuild, rebuild=[web] copies={} restart=[] commands={}",
    "restart, rebuild=[] copies={} restart=[web] commands={}",
    "sync_restart, rebuild=[] copies={web={/p/src/f=/app/f}} restart=[web] commands={}",
    "sync_exec, rebuild=[] copies={web={/p/src/f=/app/f}} restart=[] commands={web=1}"
  })
  void a_change_asks_for_what_its_rule_says(String action, String expected) {
    var rules =
        List.of(
            rule(
                "web",
                "/p/src",
                Action.valueOf(action.toUpperCase(Locale.ROOT)),
                List.of(),
                List.of()),
            rule("db", "/p/data", Action.RESTART, List.of(), List.of()));
    assertThat(shown(WatchPlan.of(rules, List.of(Path.of("/p/src/f"))))).isEqualTo(expected);
  }

  @Test
  void a_service_that_is_rebuilt_needs_no_more() {
    var rules =
        List.of(
            rule("web", "/p/src", Action.SYNC_RESTART, List.of(), List.of()),
            rule("web", "/p/pom.xml", Action.REBUILD, List.of(), List.of()));
    var changed = List.of(Path.of("/p/src/f"), Path.of("/p/pom.xml"));
    assertThat(shown(WatchPlan.of(rules, changed)))
        .isEqualTo("rebuild=[web] copies={} restart=[] commands={}");
  }

  private static String shown(WatchPlan plan) {
    var commands = new ArrayList<String>();
    plan.commands().forEach((service, hooks) -> commands.add(service + "=" + hooks.size()));
    return "rebuild=%s copies=%s restart=%s commands={%s}"
        .formatted(plan.rebuild(), plan.copies(), plan.restart(), String.join(", ", commands));
  }

  @Test
  void changes_come_in_batches_and_new_folders_are_watched_too() throws Exception {
    Path ignored = Files.createDirectory(folder.resolve("ignored"));
    try (var changes = new FileChanges(Set.of(folder), it -> !it.equals(ignored))) {
      Files.writeString(ignored.resolve("f"), "x");
      Files.writeString(folder.resolve("a"), "x");
      Path deep = Files.createDirectories(folder.resolve("new/deep"));
      Files.writeString(deep.resolve("b"), "x");
      var seen = new LinkedHashSet<>(changes.next());
      while (!seen.contains(deep.resolve("b"))) {
        seen.addAll(changes.next());
      }
      assertThat(seen).contains(folder.resolve("a")).doesNotContain(ignored.resolve("f"));

      Files.delete(deep.resolve("b"));
      assertThat(changes.next()).contains(deep.resolve("b"));
    }
  }
}
