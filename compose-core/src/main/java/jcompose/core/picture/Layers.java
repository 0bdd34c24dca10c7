package jcompose.core.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import jcompose.core.picture.Picture.Arrow;
import jcompose.core.picture.Picture.Box;

/// The services that arrows join, in columns from left to right, and in each column from top to
/// bottom so that few lines cross. A line that passes a column by has a place in it too, a bend;
/// all lines of one service share theirs.
final class Layers {
  /// Rounds of sorting; more change little.
  private static final int SWEEPS = 12;

  private final List<List<Item>> columns = new ArrayList<>();
  private final Map<String, Item> boxes = new HashMap<>();

  /// A box, or a bend when it has none.
  static final class Item {
    final Optional<Box> box;
    final int column;
    final List<Item> left = new ArrayList<>();
    final List<Item> right = new ArrayList<>();

    /// The arrows that end here, by the item their last stretch comes from.
    final SequencedMap<Arrow, Item> ends = new LinkedHashMap<>();

    double x;
    double y;
    double width;
    double height;

    Item(Optional<Box> box, int column) {
      this.box = box;
      this.column = column;
    }

    double middle() {
      return y + height / 2;
    }
  }

  private Layers() {}

  static Layers of(Picture picture) {
    var layers = new Layers();
    layers.place(picture);
    layers.join(picture.arrows());
    layers.sort();
    return layers;
  }

  /// From left to right, each from top to bottom.
  List<List<Item>> columns() {
    return columns;
  }

  /// A wave that is too high is several columns, first those that nothing waits for.
  private void place(Picture picture) {
    Set<String> joined = new HashSet<>();
    Set<String> awaited = new HashSet<>();
    for (Arrow arrow : picture.arrows()) {
      joined.add(arrow.from());
      joined.add(arrow.to());
      awaited.add(arrow.from());
    }
    int highest = Math.max(7, (int) Math.ceil(Math.sqrt(joined.size()) * 1.5));
    for (List<Box> wave : Waves.of(picture).values()) {
      List<Box> shown =
          wave.stream()
              .filter(it -> joined.contains(it.name()))
              .sorted(Comparator.comparing(it -> awaited.contains(it.name())))
              .toList();
      int count = (shown.size() + highest - 1) / highest;
      for (int i = 0; i < count; i++) {
        var column = new ArrayList<Item>();
        for (Box box : shown.subList(i * shown.size() / count, (i + 1) * shown.size() / count)) {
          var item = new Item(Optional.of(box), columns.size());
          boxes.put(box.name(), item);
          column.add(item);
        }
        columns.add(column);
      }
    }
  }

  private void join(List<Arrow> arrows) {
    Map<Item, List<Item>> bends = new HashMap<>();
    for (Arrow arrow : arrows) {
      Item from = boxes.get(arrow.from());
      Item to = boxes.get(arrow.to());
      if (from == null || to == null) {
        continue;
      }
      List<Item> trunk = bends.computeIfAbsent(from, _ -> new ArrayList<>(List.of(from)));
      while (trunk.getLast().column < to.column - 1) {
        var bend = new Item(Optional.empty(), trunk.getLast().column + 1);
        connect(trunk.getLast(), bend);
        columns.get(bend.column).add(bend);
        trunk.add(bend);
      }
      Item last = trunk.get(to.column - 1 - from.column);
      connect(last, to);
      to.ends.put(arrow, last);
    }
  }

  private static void connect(Item left, Item right) {
    left.right.add(right);
    right.left.add(left);
  }

  /// The order of least crossings of those met while each column is sorted by its neighbours', in
  /// turns from the left and from the right.
  private void sort() {
    List<List<Item>> best = copy();
    long fewest = crossings();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean fromLeft = sweep % 2 == 0;
      for (int i = 0; i < columns.size(); i++) {
        sort(columns.get(fromLeft ? i : columns.size() - 1 - i), fromLeft);
      }
      long crossings = crossings();
      if (crossings < fewest) {
        fewest = crossings;
        best = copy();
      }
    }
    columns.clear();
    columns.addAll(best);
  }

  private List<List<Item>> copy() {
    var copy = new ArrayList<List<Item>>();
    columns.forEach(it -> copy.add(new ArrayList<>(it)));
    return copy;
  }

  private void sort(List<Item> column, boolean byLeft) {
    var rank = ranks();
    var wish = new HashMap<Item, Double>();
    for (Item item : column) {
      List<Item> neighbours = byLeft ? item.left : item.right;
      wish.put(
          item,
          neighbours.stream()
              .mapToDouble(it -> rank.getOrDefault(it, 0.0))
              .average()
              .orElse(rank.getOrDefault(item, 0.0)));
    }
    column.sort(Comparator.comparing(wish::get));
  }

  /// Where in its column an item is, from 0 at the top to 1.
  private Map<Item, Double> ranks() {
    var rank = new HashMap<Item, Double>();
    for (List<Item> column : columns) {
      for (int i = 0; i < column.size(); i++) {
        rank.put(column.get(i), (i + 0.5) / column.size());
      }
    }
    return rank;
  }

  private long crossings() {
    long count = 0;
    for (List<Item> column : columns) {
      var place = new HashMap<Item, Integer>();
      for (Item item : column) {
        for (Item right : item.right) {
          place.computeIfAbsent(right, it -> columns.get(it.column).indexOf(it));
        }
      }
      var ends = new ArrayList<Integer>(); // of the lines, by their start
      for (Item item : column) {
        List<Integer> targets = item.right.stream().map(place::get).sorted().toList();
        for (int target : targets) {
          count += ends.stream().filter(it -> it > target).count();
        }
        ends.addAll(targets);
      }
    }
    return count;
  }
}
