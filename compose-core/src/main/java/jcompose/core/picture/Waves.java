package jcompose.core.picture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import jcompose.core.picture.Picture.Box;

/// What all drawings share.
final class Waves {
  /// More words than these of one sort are counted, not shown: a range may publish thousands of
  /// ports.
  private static final int SHOWN = 6;

  private Waves() {}

  /// The services by wave, waves ascending.
  static SequencedMap<Integer, List<Box>> of(Picture picture) {
    var waves = new TreeMap<Integer, List<Box>>();
    picture
        .services()
        .forEach(it -> waves.computeIfAbsent(it.wave(), _ -> new ArrayList<>()).add(it));
    return waves;
  }

  /// A plain word for each service, for languages with a grammar of their own.
  static SequencedMap<String, String> ids(Picture picture) {
    var ids = new LinkedHashMap<String, String>();
    picture.services().forEach(it -> ids.put(it.name(), "s" + (ids.size() + 1)));
    return ids;
  }

  /// The first few, and how many more there are.
  static List<String> few(List<String> words) {
    if (words.size() <= SHOWN) {
      return words;
    }
    var few = new ArrayList<>(words.subList(0, SHOWN - 1));
    few.add("+" + (words.size() - few.size()) + " more");
    return few;
  }
}
