package jcompose.engine.registry;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import jcompose.core.engine.EngineException;

/// Asks the service that a registry names for a bearer token.
///
/// @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token
///   authentication</a>
/// @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">OAuth2</a>
final class TokenService {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private final HttpClient http;

  TokenService(HttpClient http) {
    this.http = http;
  }

  /// @param registry as in references, for messages
  /// @param scope what the token is to allow, `repository:library/nginx:pull`
  /// @throws EngineException.Denied when the service wants other credentials
  String token(
      RegistryAddress registry,
      AuthChallenge challenge,
      String scope,
      Optional<Credentials> credentials)
      throws IOException, InterruptedException {
    URI realm;
    try {
      realm = URI.create(challenge.parameter("realm"));
    } catch (IllegalArgumentException e) {
      throw new IOException(registry.name() + " names a token service that is no URL", e);
    }
    if (!"https".equals(realm.getScheme())
        && !("http".equals(realm.getScheme()) && "http".equals(registry.base().getScheme()))) {
      throw new IOException(
          "refusing to send credentials to the token service of "
              + registry.name()
              + " without TLS: "
              + realm);
    }
    HttpRequest request =
        credentials.orElse(null) instanceof Credentials.IdentityToken(var refresh)
            ? oauth(realm, challenge, scope, refresh)
            : plain(realm, challenge, scope, credentials);
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw new EngineException.Denied(
          "unauthorized: "
              + realm.getHost()
              + " refuses a token for "
              + registry.name()
              + (credentials.isPresent()
                  ? ": incorrect username or password"
                  : ": authentication required; log in with `docker login "
                      + registry.name()
                      + "`"));
    }
    if (response.statusCode() != 200) {
      throw new IOException(
          "the token service " + realm + " answers with status " + response.statusCode());
    }
    var answer = JSON.readTree(response.body());
    String token = answer.path("token").asText(answer.path("access_token").asText(""));
    if (token.isEmpty()) {
      throw new IOException("the token service " + realm + " answers without a token");
    }
    return token;
  }

  private static HttpRequest plain(
      URI realm, AuthChallenge challenge, String scope, Optional<Credentials> credentials) {
    String query =
        "service="
            + encoded(challenge.parameter("service"))
            + Stream.of(scope.split(" ")).map(it -> "&scope=" + encoded(it)).collect(joining());
    String separator = realm.getRawQuery() == null ? "?" : "&";
    var request = HttpRequest.newBuilder(URI.create(realm + separator + query)).timeout(LIMIT);
    if (credentials.orElse(null) instanceof Credentials.Password password) {
      request.header("Authorization", basic(password));
    }
    return request.build();
  }

  private static HttpRequest oauth(
      URI realm, AuthChallenge challenge, String scope, String refresh) {
    String form =
        "grant_type=refresh_token&client_id=jcompose&service="
            + encoded(challenge.parameter("service"))
            + "&scope="
            + encoded(scope)
            + "&refresh_token="
            + encoded(refresh);
    return HttpRequest.newBuilder(realm)
        .timeout(LIMIT)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form))
        .build();
  }

  static String basic(Credentials.Password password) {
    String pair = password.username() + ":" + password.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
