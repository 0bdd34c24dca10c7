package jcompose.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import jcompose.core.engine.EngineException;

/// Sends requests to one registry: authenticates when it is asked to, follows redirections, tries
/// again what may pass.
final class RegistryHttp {
  private static final int ATTEMPTS = 4;
  private static final int REDIRECTIONS = 5;
  private static final Duration HEADERS_LIMIT = Duration.ofSeconds(60);

  private final HttpClient http;
  private final RegistryAddress address;
  private final Optional<Credentials> credentials;
  private final TokenService tokens;
  private final Map<String, String> authorizations = new ConcurrentHashMap<>();
  private final ReentrantLock renewing = new ReentrantLock();

  RegistryHttp(HttpClient http, RegistryAddress address, Optional<Credentials> credentials) {
    this.http = http;
    this.address = address;
    this.credentials = credentials;
    this.tokens = new TokenService(http);
  }

  RegistryAddress address() {
    return address;
  }

  /// Sends a request that may be sent again.
  ///
  /// @param scope what it needs, as token services name it; several with spaces between them
  /// @param prepare sets method, headers and body; called anew for each attempt
  /// @return an answer with status 2xx or 404, whose body the caller must close
  /// @throws EngineException.Denied on 401 and 403
  /// @throws EngineException.Unavailable when the registry is not reached
  HttpResponse<InputStream> send(URI target, String scope, Consumer<HttpRequest.Builder> prepare)
      throws IOException {
    return send(target, scope, prepare, ATTEMPTS);
  }

  /// As [#send], for a request that must not be sent again as it is.
  HttpResponse<InputStream> sendOnce(
      URI target, String scope, Consumer<HttpRequest.Builder> prepare) throws IOException {
    return send(target, scope, prepare, 1);
  }

  private HttpResponse<InputStream> send(
      URI target, String scope, Consumer<HttpRequest.Builder> prepare, int attempts)
      throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < attempts; attempt++) {
      try {
        if (attempt > 0) {
          Thread.sleep(250L << (2 * attempt));
        }
        var response = authorized(target, scope, prepare);
        int status = response.statusCode();
        if (status / 100 == 2 || status == 404 || status == 416) {
          return response;
        }
        String said = RegistryError.describe(response);
        if (status == 401 || status == 403) {
          throw new EngineException.Denied(
              (status == 401 ? "unauthorized: " : "denied: ")
                  + (said.isEmpty() ? "requested access to the resource is denied" : said));
        }
        last =
            new IOException(
                address.name()
                    + " answers with status "
                    + status
                    + (said.isEmpty() ? "" : ": " + said));
        if (status != 429 && status < 500 && status != 408) {
          throw new EngineException.Failed(String.valueOf(last.getMessage()), last);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException)
            new InterruptedIOException("interrupted while asking " + address.name()).initCause(e);
      } catch (ConnectException | HttpConnectTimeoutException e) {
        throw new EngineException.Unavailable(
            "Get \"%s/v2/\": dial tcp%s".formatted(address.base(), unreached(e)), e);
      } catch (SSLHandshakeException e) {
        throw new EngineException.Unavailable(
            "tls: failed to verify the certificate of the registry %s: %s (its authority goes to"
                    .formatted(address.name(), reason(e))
                + " /etc/docker/certs.d/%s/ca.crt)".formatted(address.name()),
            e);
      } catch (IOException e) {
        last = e;
      }
    }
    throw new EngineException.Unavailable(
        "the registry "
            + address.name()
            + " does not answer: "
            + (last == null ? "" : reason(last)),
        last == null ? new IOException() : last);
  }

  /// In the words that clients of dockerd know.
  private String unreached(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return ": lookup " + address.base().getHost() + ": no such host";
      }
    }
    return e instanceof HttpConnectTimeoutException
        ? " " + address.base().getAuthority() + ": i/o timeout"
        : " " + address.base().getAuthority() + ": connect: " + reason(e);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null || message.isEmpty() ? "connection refused" : message;
  }

  private HttpResponse<InputStream> authorized(
      URI target, String scope, Consumer<HttpRequest.Builder> prepare)
      throws IOException, InterruptedException {
    String offered = authorizations.getOrDefault(scope, "");
    var response = redirected(target, offered, prepare);
    if (response.statusCode() != 401) {
      return response;
    }
    var challenge = AuthChallenge.of(response.headers().allValues("WWW-Authenticate"));
    if (challenge.isEmpty()) {
      return response;
    }
    String authorization = renewed(challenge.get(), scope, offered);
    if (authorization.isEmpty() || authorization.equals(offered)) {
      return response; // nothing new to offer
    }
    response.body().close();
    return redirected(target, authorization, prepare);
  }

  /// One request asks for a token; those that were refused beside it take what it got.
  private String renewed(AuthChallenge challenge, String scope, String refused)
      throws IOException, InterruptedException {
    renewing.lockInterruptibly();
    try {
      String known = authorizations.getOrDefault(scope, "");
      if (!known.equals(refused)) {
        return known;
      }
      String authorization = answer(challenge, scope);
      authorizations.put(scope, authorization);
      return authorization;
    } finally {
      renewing.unlock();
    }
  }

  private String answer(AuthChallenge challenge, String scope)
      throws IOException, InterruptedException {
    if (credentials.orElse(null) instanceof Credentials.RegistryToken(var token)) {
      return "Bearer " + token;
    }
    if (challenge.scheme().equals("basic")) {
      return credentials.orElse(null) instanceof Credentials.Password password
          ? TokenService.basic(password)
          : "";
    }
    return "Bearer " + tokens.token(address, challenge, scope, credentials);
  }

  private HttpResponse<InputStream> redirected(
      URI target, String authorization, Consumer<HttpRequest.Builder> prepare)
      throws IOException, InterruptedException {
    URI at = target;
    for (int i = 0; i <= REDIRECTIONS; i++) {
      var request = HttpRequest.newBuilder(at).timeout(HEADERS_LIMIT);
      prepare.accept(request);
      // What convinces the registry is none of the business of where it redirects to.
      if (!authorization.isEmpty() && at.getAuthority().equals(address.base().getAuthority())) {
        request.header("Authorization", authorization);
      }
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      var location = response.headers().firstValue("Location");
      if (response.statusCode() / 100 != 3 || location.isEmpty()) {
        return response;
      }
      response.body().close();
      URI next = at.resolve(location.get());
      if ("https".equals(at.getScheme()) && !"https".equals(next.getScheme())) {
        throw new IOException(address.name() + " redirects away from TLS, to " + next.getHost());
      }
      at = next;
    }
    throw new IOException(address.name() + " redirects more than " + REDIRECTIONS + " times");
  }
}
