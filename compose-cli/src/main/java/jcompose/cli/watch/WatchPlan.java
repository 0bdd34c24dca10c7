package jcompose.cli.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import jcompose.core.model.Hook;
import jcompose.core.model.WatchRule.Action;

/// What a batch of changes asks for.
///
/// @param rebuild services; what else they would need comes with the new container
/// @param copies by service: file on this machine to file in the container
/// @param restart services, after their copies
/// @param commands by service, run in its containers after their copies
record WatchPlan(
    SequencedSet<String> rebuild,
    SequencedMap<String, SequencedMap<Path, String>> copies,
    SequencedSet<String> restart,
    SequencedMap<String, List<Hook>> commands) {

  static WatchPlan of(List<WatchedRule> rules, Collection<Path> changed) {
    var plan =
        new WatchPlan(
            new LinkedHashSet<>(),
            new LinkedHashMap<>(),
            new LinkedHashSet<>(),
            new LinkedHashMap<>());
    for (WatchedRule rule : rules) {
      List<Path> files = changed.stream().filter(rule::matches).toList();
      if (!files.isEmpty()) {
        plan.add(rule, files);
      }
    }
    for (String service : plan.rebuild) {
      plan.copies.remove(service);
      plan.restart.remove(service);
      plan.commands.remove(service);
    }
    return plan;
  }

  private void add(WatchedRule rule, List<Path> files) {
    String service = rule.service();
    Action action = rule.rule().action();
    switch (action) {
      case REBUILD -> rebuild.add(service);
      case RESTART -> restart.add(service);
      case SYNC -> copy(rule, files);
      case SYNC_RESTART -> {
        copy(rule, files);
        restart.add(service);
      }
      case SYNC_EXEC -> {
        copy(rule, files);
        rule.rule()
            .exec()
            .ifPresent(
                it -> {
                  List<Hook> hooks = commands.computeIfAbsent(service, _ -> new ArrayList<>());
                  if (!hooks.contains(it)) {
                    hooks.add(it);
                  }
                });
      }
    }
  }

  private void copy(WatchedRule rule, List<Path> files) {
    var copy = copies.computeIfAbsent(rule.service(), _ -> new LinkedHashMap<>());
    files.forEach(file -> rule.target(file).ifPresent(it -> copy.put(file, it)));
  }
}
