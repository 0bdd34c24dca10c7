package jcompose.core.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// Nodes and what each depends on. What is depended on but no node is left out.
public final class DependencyGraph<T> {
  private final SequencedMap<T, SequencedSet<T>> dependencies = new LinkedHashMap<>();
  private final Map<T, SequencedSet<T>> dependants = new LinkedHashMap<>();

  /// @param edges node to the nodes it depends on, in an order that results keep where they may
  public DependencyGraph(SequencedMap<T, ? extends Collection<T>> edges) {
    for (T node : edges.keySet()) {
      dependencies.put(node, new LinkedHashSet<>());
      dependants.put(node, new LinkedHashSet<>());
    }
    edges.forEach(
        (node, targets) -> {
          for (T target : targets) {
            SequencedSet<T> known = dependants.get(target);
            if (known != null) {
              known.add(node);
              dependencies.getOrDefault(node, new LinkedHashSet<>()).add(target);
            }
          }
        });
  }

  public SequencedSet<T> dependencies(T node) {
    return of(dependencies, node);
  }

  public SequencedSet<T> dependants(T node) {
    return of(dependants, node);
  }

  private SequencedSet<T> of(Map<T, SequencedSet<T>> edges, T node) {
    return Collections.unmodifiableSequencedSet(
        edges.getOrDefault(node, Collections.emptyNavigableSet()));
  }

  /// Each node after all it depends on.
  ///
  /// @throws IllegalStateException when there is a cycle; ask [#cycle] first
  public List<T> order() {
    var missing = new LinkedHashMap<T, Integer>();
    dependencies.forEach((node, targets) -> missing.put(node, targets.size()));
    var order = new ArrayList<T>();
    Deque<T> ready = new ArrayDeque<>();
    missing.forEach(
        (node, count) -> {
          if (count == 0) {
            ready.add(node);
          }
        });
    while (!ready.isEmpty()) {
      T node = ready.remove();
      order.add(node);
      for (T dependant : dependants(node)) {
        if (missing.merge(dependant, -1, Integer::sum) == 0) {
          ready.add(dependant);
        }
      }
    }
    if (order.size() < dependencies.size()) {
      throw new IllegalStateException("dependency cycle: " + cycle().orElse(List.of()));
    }
    return order;
  }

  /// A cycle, its first node repeated at the end, or empty.
  public Optional<List<T>> cycle() {
    var done = new HashSet<T>();
    for (T start : dependencies.keySet()) {
      var path = new LinkedHashSet<T>();
      Optional<List<T>> found = cycle(start, path, done);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<List<T>> cycle(T node, SequencedSet<T> path, Set<T> done) {
    if (done.contains(node)) {
      return Optional.empty();
    }
    if (!path.add(node)) {
      var cycle = new ArrayList<T>(path);
      cycle.subList(0, cycle.indexOf(node)).clear();
      cycle.add(node);
      return Optional.of(cycle);
    }
    for (T target : dependencies(node)) {
      Optional<List<T>> found = cycle(target, path, done);
      if (found.isPresent()) {
        return found;
      }
    }
    path.remove(node);
    done.add(node);
    return Optional.empty();
  }

  /// The given nodes and all they depend on, however far.
  public Set<T> closure(Collection<T> roots) {
    var all = new LinkedHashSet<T>();
    Deque<T> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      T node = open.remove();
      if (all.add(node)) {
        open.addAll(dependencies(node));
      }
    }
    return all;
  }
}
