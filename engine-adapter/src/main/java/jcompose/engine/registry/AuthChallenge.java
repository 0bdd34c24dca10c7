package jcompose.engine.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a registry wants to be convinced: a `WWW-Authenticate` header.
///
/// @param scheme lower case: `basic` or `bearer`
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, 11.6.1</a>
record AuthChallenge(String scheme, Map<String, String> parameters) {
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

  /// The first of these headers that is understood here.
  static Optional<AuthChallenge> of(List<String> headers) {
    return headers.stream()
        .map(AuthChallenge::parse)
        .filter(it -> it.scheme.equals("basic") || it.scheme.equals("bearer"))
        .findFirst();
  }

  static AuthChallenge parse(String header) {
    String text = header.strip();
    int space = text.indexOf(' ');
    String scheme = (space < 0 ? text : text.substring(0, space)).toLowerCase(Locale.ROOT);
    var parameters = new LinkedHashMap<String, String>();
    if (space > 0) {
      var matcher = PARAMETER.matcher(text.substring(space));
      while (matcher.find()) {
        String value =
            matcher.group(2) != null
                ? matcher.group(2).replaceAll("\\\\(.)", "$1")
                : matcher.group(3);
        parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
      }
    }
    return new AuthChallenge(scheme, parameters);
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
