package jcompose.engine.local;

import java.util.List;
import java.util.random.RandomGenerator;

/// Names for containers that were given none.
final class RandomNames {
  private static final List<String> MOODS =
      List.of(
          "brave", "bright", "calm", "clever", "curious", "eager", "fair", "gentle", "happy",
          "honest", "jolly", "keen", "kind", "lively", "lucky", "mellow", "merry", "nimble",
          "patient", "plucky", "proud", "quick", "quiet", "ready", "sharp", "silent", "steady",
          "sunny", "swift", "warm", "wise", "witty");
  private static final List<String> ANIMALS =
      List.of(
          "badger", "bear", "beaver", "bison", "crane", "crow", "deer", "dolphin", "falcon",
          "finch", "fox", "gecko", "goose", "hare", "heron", "ibis", "jackal", "kestrel", "lark",
          "lynx", "marten", "mole", "newt", "otter", "owl", "puffin", "raven", "seal", "stork",
          "swan", "tapir", "wren");

  private RandomNames() {}

  /// `quick_otter_4711`.
  static String next(RandomGenerator random) {
    return MOODS.get(random.nextInt(MOODS.size()))
        + "_"
        + ANIMALS.get(random.nextInt(ANIMALS.size()))
        + "_"
        + random.nextInt(1000, 10_000);
  }
}
