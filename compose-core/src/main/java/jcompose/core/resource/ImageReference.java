package jcompose.core.resource;

import java.util.Optional;
import java.util.regex.Pattern;

/// How an image is written, taken apart: `[domain/]path[:tag][@digest]`. The familiar short forms
/// of Docker Hub are completed: `nginx` is `docker.io/library/nginx` with tag `latest`.
///
/// @param domain host and port of the registry, `docker.io` for Docker Hub
/// @param path repository path in the registry, lower case
/// @param tag absent when only a digest was written
/// @param digest `sha256:…`, when written
/// @see <a href="https://github.com/distribution/reference">the reference grammar</a>
public record ImageReference(
    String domain, String path, Optional<String> tag, Optional<String> digest) {

  private static final String DOCKER_HUB = "docker.io";
  private static final Pattern PATH =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}");
  private static final Pattern DOMAIN =
      Pattern.compile("(?:\\[[0-9a-fA-F:]+]|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*)(?::[0-9]+)?");

  /// @throws IllegalArgumentException with Docker's wording when the text is no reference
  public static ImageReference parse(String text) {
    String rest = text;
    Optional<String> digest = Optional.empty();
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = Optional.of(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    Optional<String> tag = Optional.empty();
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = Optional.of(rest.substring(colon + 1));
      rest = rest.substring(0, colon);
    }
    String domain = DOCKER_HUB;
    String path = rest;
    int slash = rest.indexOf('/');
    if (slash > 0) {
      String first = rest.substring(0, slash);
      if (first.contains(".")
          || first.contains(":")
          || first.equals("localhost")
          || !first.equals(first.toLowerCase(java.util.Locale.ROOT))) {
        domain = first.equals("index.docker.io") ? DOCKER_HUB : first;
        path = rest.substring(slash + 1);
      }
    }
    if (domain.equals(DOCKER_HUB) && !path.contains("/")) {
      path = "library/" + path;
    }
    if (!path.equals(path.toLowerCase(java.util.Locale.ROOT))) {
      throw new IllegalArgumentException(
          "invalid reference format: repository name (" + path + ") must be lowercase");
    }
    if (!PATH.matcher(path).matches()
        || path.length() > 255
        || !DOMAIN.matcher(domain).matches()
        || tag.filter(it -> !TAG.matcher(it).matches()).isPresent()
        || digest.filter(it -> !DIGEST.matcher(it).matches()).isPresent()) {
      throw new IllegalArgumentException("invalid reference format: \"" + text + "\"");
    }
    if (tag.isEmpty() && digest.isEmpty()) {
      tag = Optional.of("latest");
    }
    return new ImageReference(domain, path, tag, digest);
  }

  /// The short form people write: `nginx:1.27`, `registry.example/team/app@sha256:…`.
  public String familiar() {
    return familiarName()
        + tag.map(it -> ":" + it).orElse("")
        + digest.map(it -> "@" + it).orElse("");
  }

  /// The short form without tag and digest.
  public String familiarName() {
    if (!domain.equals(DOCKER_HUB)) {
      return domain + "/" + path;
    }
    return path.startsWith("library/") ? path.substring("library/".length()) : path;
  }

  /// The full form: `docker.io/library/nginx:1.27`.
  @Override
  public String toString() {
    return domain
        + "/"
        + path
        + tag.map(it -> ":" + it).orElse("")
        + digest.map(it -> "@" + it).orElse("");
  }
}
