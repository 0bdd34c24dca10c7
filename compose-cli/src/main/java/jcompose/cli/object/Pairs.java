package jcompose.cli.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jcompose.cli.settings.InvalidFlag;

/// Flags that are given as `NAME=VALUE`.
public final class Pairs {
  private Pairs() {}

  /// A name alone has an empty value; the last of several wins.
  public static Map<String, String> of(List<String> flags) {
    var pairs = new LinkedHashMap<String, String>();
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      pairs.put(
          equals < 0 ? flag : flag.substring(0, equals),
          equals < 0 ? "" : flag.substring(equals + 1));
    }
    return pairs;
  }

  /// Filters: values by name.
  ///
  /// @param flag as docker's message names it
  public static Map<String, List<String>> filters(String flag, List<String> values) {
    var filters = new LinkedHashMap<String, List<String>>();
    for (String value : values) {
      int equals = value.indexOf('=');
      if (equals < 0) {
        throw new InvalidFlag(flag, value, "bad format of filter (expected name=value)");
      }
      filters
          .computeIfAbsent(
              value.substring(0, equals).strip().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(value.substring(equals + 1).strip());
    }
    return filters;
  }
}
