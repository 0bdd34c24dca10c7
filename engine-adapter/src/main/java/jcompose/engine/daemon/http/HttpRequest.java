package jcompose.engine.daemon.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The head of a request.
///
/// @param path as sent, still percent-encoded, without the query
/// @param query decoded parameters in their order
/// @param minorVersion 0 or 1, of HTTP/1.x
/// @param headers lower-case names to values, in their order
public record HttpRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    int minorVersion,
    Map<String, List<String>> headers) {

  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  /// Whether a header that holds a comma-separated list has the word.
  public boolean headerHas(String name, String word) {
    for (String value : headers.getOrDefault(name, List.of())) {
      for (String part : value.split(",")) {
        if (part.strip().equalsIgnoreCase(word)) {
          return true;
        }
      }
    }
    return false;
  }

  /// The first value of a query parameter; absent when missing or empty.
  public Optional<String> parameter(String name) {
    List<String> values = query.get(name);
    return values == null
        ? Optional.empty()
        : Optional.of(values.getFirst()).filter(it -> !it.isEmpty());
  }

  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  /// A Docker boolean: missing, empty, `0`, `no`, `false` and `none` are false, all else is true.
  public boolean flag(String name) {
    return flag(name, false);
  }

  /// Like `flag(name)`, with a default for a missing or empty parameter.
  public boolean flag(String name, boolean missing) {
    return parameter(name)
        .map(
            it ->
                switch (it.strip().toLowerCase(Locale.ROOT)) {
                  case "", "0", "no", "false", "none" -> false;
                  default -> true;
                })
        .orElse(missing);
  }
}
