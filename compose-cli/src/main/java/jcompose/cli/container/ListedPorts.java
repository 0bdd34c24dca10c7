package jcompose.cli.container;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcompose.cli.template.Tree;

/// Ports as `docker ps` writes them: those in a row as a range where they keep their number
/// outside, then those that have another there.
final class ListedPorts {
  private ListedPorts() {}

  private record Range(long first, long last) {}

  private record Group(String address, String protocol) {}

  /// @param ports as the Engine API lists them
  static String of(List<Tree> ports) {
    List<Tree> sorted =
        ports.stream()
            .sorted(
                Comparator.comparingLong((Tree it) -> it.at("PrivatePort").number())
                    .thenComparing(it -> it.at("IP").text())
                    .thenComparingLong(it -> it.at("PublicPort").number())
                    .thenComparing(it -> it.at("Type").text()))
            .toList();
    var done = new ArrayList<String>();
    var open = new LinkedHashMap<Group, Range>();
    var others = new ArrayList<String>();
    for (Tree port : sorted) {
      String address = port.at("IP").text();
      String protocol = port.at("Type").text();
      long inside = port.at("PrivatePort").number();
      long outside = port.at("PublicPort").number();
      if (!address.isEmpty() && outside != inside) {
        others.add(address + ":" + outside + "->" + inside + "/" + protocol);
        continue;
      }
      var group = new Group(address, protocol);
      Range range = open.get(group);
      if (range != null && inside == range.last + 1) {
        open.put(group, new Range(range.first, inside));
      } else {
        if (range != null) {
          done.add(written(group, range));
        }
        open.put(group, new Range(inside, inside));
      }
    }
    for (Map.Entry<Group, Range> each : open.entrySet()) {
      done.add(written(each.getKey(), each.getValue()));
    }
    done.addAll(others);
    return String.join(", ", done);
  }

  private static String written(Group group, Range range) {
    String numbers = range.first == range.last ? "" + range.first : range.first + "-" + range.last;
    String mapped =
        group.address.isEmpty() ? numbers : group.address + ":" + numbers + "->" + numbers;
    return mapped + "/" + group.protocol;
  }
}
