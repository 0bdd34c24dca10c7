package jcompose.engine.daemon.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcompose.engine.daemon.http.QueryString;

/// Which action answers which method and path. `{id}` in a pattern is one piece of a path,
/// `{name...}` one or more.
final class Routes {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)(\\.\\.\\.)?}");

  /// Answers a call.
  @FunctionalInterface
  interface Action {
    void run(ApiCall call) throws IOException;
  }

  /// An action and what its pattern's places stand for, decoded.
  record Match(Action action, Map<String, String> places) {}

  private record Route(Pattern path, List<String> places, Action action) {}

  private final Map<String, List<Route>> byMethod = new HashMap<>();

  Routes add(String method, String pattern, Action action) {
    var places = new ArrayList<String>();
    String regex =
        PLACE
            .matcher(pattern)
            .replaceAll(
                it -> {
                  places.add(it.group(1));
                  return it.group(2) == null ? "([^/]+)" : "(.+)";
                });
    byMethod
        .computeIfAbsent(method, _ -> new ArrayList<>())
        .add(new Route(Pattern.compile(regex), places, action));
    return this;
  }

  Optional<Match> find(String method, String path) {
    for (Route route : byMethod.getOrDefault(method, List.of())) {
      Matcher matcher = route.path().matcher(path);
      if (matcher.matches()) {
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < route.places().size(); i++) {
          places.put(route.places().get(i), QueryString.decodePath(matcher.group(i + 1)));
        }
        return Optional.of(new Match(route.action(), places));
      }
    }
    return Optional.empty();
  }
}
