package jcompose.core.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import jcompose.core.picture.Layers.Item;

/// Gives each item its height in the picture: as near to those it is joined with as the order of
/// its column and the room between items let it.
final class Heights {
  private static final int ROUNDS = 16;

  private final double gap;

  private Heights(double gap) {
    this.gap = gap;
  }

  /// @param gap between one item and the next below
  /// @param top of the highest item
  static void set(List<List<Item>> columns, double gap, double top) {
    var heights = new Heights(gap);
    columns.forEach(it -> heights.settle(it, it.stream().map(_ -> 0.0).toList()));
    for (int round = 0; round < ROUNDS; round++) {
      boolean fromLeft = round % 2 == 0;
      for (int i = 0; i < columns.size(); i++) {
        List<Item> column = columns.get(fromLeft ? i : columns.size() - 1 - i);
        boolean last = round >= ROUNDS - 2;
        heights.settle(column, column.stream().map(it -> wish(it, fromLeft, last)).toList());
      }
    }
    double highest = columns.stream().flatMap(List::stream).mapToDouble(it -> it.y).min().orElse(0);
    columns.stream().flatMap(List::stream).forEach(it -> it.y += top - highest);
  }

  private static double wish(Item item, boolean fromLeft, boolean both) {
    Stream<Item> joined =
        both
            ? Stream.concat(item.left.stream(), item.right.stream())
            : (fromLeft ? item.left : item.right).stream();
    DoubleStream middles = joined.mapToDouble(Item::middle);
    return middles.average().orElse(item.middle());
  }

  /// The places nearest to the wished ones, by least squares: items that would overlap stand in one
  /// block around the mean of their wishes.
  private void settle(List<Item> column, List<Double> middles) {
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < column.size(); i++) {
      Item item = column.get(i);
      var block = new Block(middles.get(i) - item.height / 2, 1, item.height, i, i + 1);
      while (!blocks.isEmpty()
          && blocks.getLast().top + blocks.getLast().height + gap > block.top) {
        block = blocks.removeLast().with(block, gap);
      }
      blocks.add(block);
    }
    for (Block block : blocks) {
      double y = block.top;
      for (Item item : column.subList(block.first, block.end)) {
        item.y = y;
        y += item.height + gap;
      }
    }
  }

  private record Block(double top, int size, double height, int first, int end) {
    /// @param below stands directly under this one in what comes out
    Block with(Block below, double gap) {
      double shifted = below.top - height - gap;
      double mean = (top * size + shifted * below.size) / (size + below.size);
      return new Block(mean, size + below.size, height + gap + below.height, first, below.end);
    }
  }
}
