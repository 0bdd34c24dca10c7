package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The flags that an instruction knows, checked.
final class FlagReader {
  private final LogicalLine line;
  private final Map<String, List<Flags.Flag>> byName = new HashMap<>();

  /// @param single flags that may be given once, `repeated` ones several times
  FlagReader(
      LogicalLine line, Flags flags, String keyword, List<String> single, List<String> repeated) {
    this.line = line;
    for (Flags.Flag flag : flags.flags()) {
      if (!single.contains(flag.name()) && !repeated.contains(flag.name())) {
        var known = new ArrayList<>(single);
        known.addAll(repeated);
        throw line.error(
            "unknown-flag",
            line.range(flag.start(), flag.end()),
            "unknown flag: --" + flag.name(),
            Spelling.hint(flag.name(), known)
                .map(it -> "did you mean --" + it + "?")
                .orElse(
                    known.isEmpty()
                        ? keyword + " takes no flags"
                        : keyword + " takes --" + String.join(", --", known)));
      }
      List<Flags.Flag> given = byName.computeIfAbsent(flag.name(), _ -> new ArrayList<>());
      if (!given.isEmpty() && single.contains(flag.name())) {
        throw line.error(
            "duplicate-flag",
            line.range(flag.start(), flag.end()),
            "duplicate flag specified: " + flag.name());
      }
      given.add(flag);
    }
  }

  Optional<String> text(String name) {
    return all(name).stream().findFirst();
  }

  List<String> all(String name) {
    var values = new ArrayList<String>();
    for (Flags.Flag flag : byName.getOrDefault(name, List.of())) {
      values.add(
          flag.value()
              .orElseThrow(
                  () ->
                      line.error(
                          "flag-without-value",
                          line.range(flag.start(), flag.end()),
                          "missing a value on flag: " + name)));
    }
    return values;
  }

  Optional<Boolean> bool(String name) {
    for (Flags.Flag flag : byName.getOrDefault(name, List.of())) {
      String value = flag.value().orElse("true");
      return switch (value) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default ->
            throw line.error(
                "invalid-flag",
                line.range(flag.start(), flag.end()),
                "expecting boolean value for flag " + name + ", not: " + value);
      };
    }
    return Optional.empty();
  }
}
