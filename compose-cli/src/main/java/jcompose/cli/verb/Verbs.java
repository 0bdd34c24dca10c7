package jcompose.cli.verb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.settings.Session;

/// The verbs of one level of the command line, each with its line of help. The classes behind them
/// are loaded only when one is called: loading classes is what a short command spends its time on.
public final class Verbs {
  private final String list;
  private final Map<String, String> aliases;
  private final Set<String> endInACommand;
  private final Factory factory;

  /// Makes the command of a verb.
  @FunctionalInterface
  public interface Factory {
    /// @param verb one of the list
    Callable<Integer> create(String verb, Session session);
  }

  /// @param list a line a verb: `name :: synopsis :: summary`, or `name summary`
  /// @param aliases other names, and the verbs that they mean
  /// @param endInACommand those with a program and its words at the end
  public Verbs(
      String list, Map<String, String> aliases, Set<String> endInACommand, Factory factory) {
    this.list = list;
    this.aliases = Map.copyOf(aliases);
    this.endInACommand = Set.copyOf(endInACommand);
    this.factory = factory;
  }

  /// The command behind a verb or another name of it, or empty for a word that is none.
  public Optional<Callable<Integer>> create(String word, Session session) {
    String name = aliases.getOrDefault(word, word);
    return list.startsWith(name + " ") || list.contains("\n" + name + " ")
        ? Optional.of(factory.create(name, session))
        : Optional.empty();
  }

  /// In the order of the help text.
  public List<Verb> all() {
    return list.lines().map(Verb::of).toList();
  }

  public Optional<Verb> find(String word) {
    String name = aliases.getOrDefault(word, word);
    return all().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /// Other names of a verb.
  public List<String> aliases(String verb) {
    return aliases.entrySet().stream()
        .filter(it -> it.getValue().equals(verb))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /// Whether what follows the first word is a command for the container, with options of its own.
  public boolean endsInACommand(String word) {
    return endInACommand.contains(aliases.getOrDefault(word, word));
  }

  /// The verb most like a mistyped one, when one is close enough.
  public Optional<String> nearest(String word) {
    return all().stream()
        .map(it -> Map.entry(it.name(), distance(word, it.name())))
        .filter(it -> it.getValue() <= Math.max(1, it.getKey().length() / 3))
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  /// Number of characters to insert, drop, replace or swap with a neighbour.
  static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + replaced);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[left.length()][right.length()];
  }
}
