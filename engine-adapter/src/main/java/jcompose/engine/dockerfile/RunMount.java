package jcompose.engine.dockerfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A `--mount` of RUN: something seen by that one command and not part of its layer.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#run---mount">RUN --mount</a>
public sealed interface RunMount {
  /// Absolute, or relative to the working folder.
  Optional<String> target();

  /// Files of the build context, a stage or an image; what is written is thrown away.
  ///
  /// @param from absent for the build context
  record Bind(Optional<String> target, String source, Optional<String> from, boolean readOnly)
      implements RunMount {}

  /// A folder that lives on from build to build.
  ///
  /// @param sharing what happens when two builds use it at once
  /// @param from and `source`: what a new cache is filled with
  record Cache(
      String id,
      Optional<String> target,
      Sharing sharing,
      Optional<String> from,
      String source,
      Owner owner,
      boolean readOnly)
      implements RunMount {}

  /// A file system in memory.
  record Tmpfs(Optional<String> target, Optional<Long> sizeBytes) implements RunMount {}

  /// A file with a secret, which stays out of layers and cache keys.
  ///
  /// @param environment the variable that carries it; then it is a file only if a target is given
  record Secret(
      String id,
      Optional<String> target,
      Optional<String> environment,
      boolean required,
      Owner owner)
      implements RunMount {}

  /// The socket of an SSH agent.
  record Ssh(String id, Optional<String> target, boolean required, Owner owner)
      implements RunMount {}

  /// `shared` lets several use it, `private` makes another, `locked` waits.
  enum Sharing {
    SHARED,
    PRIVATE,
    LOCKED
  }

  /// @param mode permission bits
  record Owner(int mode, int uid, int gid) {}

  /// Reads `type=cache,target=/root/.m2`.
  ///
  /// @param option with variables replaced
  /// @throws IllegalArgumentException with the sentence to show
  static RunMount parse(String option) {
    return new Parser(option).mount();
  }

  /// The options of one mount, each taken once.
  final class Parser {
    private static final Map<String, String> ALIASES =
        Map.of(
            "src",
            "source",
            "dst",
            "target",
            "destination",
            "target",
            "rw",
            "readwrite",
            "ro",
            "readonly");
    private static final Set<String> FLAGS = Set.of("readwrite", "readonly", "required");
    private static final Map<String, Set<String>> KNOWN =
        Map.of(
            "bind", Set.of("target", "source", "from", "readwrite", "readonly"),
            "cache",
                Set.of(
                    "id",
                    "target",
                    "sharing",
                    "from",
                    "source",
                    "mode",
                    "uid",
                    "gid",
                    "readonly",
                    "readwrite"),
            "tmpfs", Set.of("target", "size"),
            "secret", Set.of("id", "target", "source", "env", "required", "mode", "uid", "gid"),
            "ssh", Set.of("id", "target", "required", "mode", "uid", "gid"));

    private final Map<String, String> options = new HashMap<>();
    private final String type;

    private Parser(String option) {
      for (String field : option.split(",")) {
        int equals = field.indexOf('=');
        String written = (equals < 0 ? field : field.substring(0, equals)).strip().toLowerCase();
        String key = ALIASES.getOrDefault(written, written);
        if (equals < 0 && !FLAGS.contains(key)) {
          throw new IllegalArgumentException(
              "invalid field '" + field + "' must be a key=value pair");
        }
        options.put(key, equals < 0 ? "true" : field.substring(equals + 1));
      }
      type = Optional.ofNullable(options.remove("type")).orElse("bind");
      Set<String> known = KNOWN.get(type);
      if (known == null) {
        throw new IllegalArgumentException(
            "unsupported mount type \""
                + type
                + "\" (bind, cache, tmpfs, secret and ssh are known)");
      }
      for (String key : options.keySet()) {
        if (!known.contains(key)) {
          throw new IllegalArgumentException(
              "unexpected key '"
                  + key
                  + "' for mount type \""
                  + type
                  + "\""
                  + Spelling.hint(key, known).map(it -> " (did you mean " + it + "?)").orElse(""));
        }
      }
    }

    private RunMount mount() {
      return switch (type) {
        case "bind" ->
            new Bind(
                Optional.of(target()),
                text("source").orElse("/"),
                text("from"),
                !bool("readwrite"));
        case "cache" ->
            new Cache(
                text("id").orElse(target()),
                Optional.of(target()),
                sharing(),
                text("from"),
                text("source").orElse("/"),
                owner(0755),
                bool("readonly"));
        case "tmpfs" -> new Tmpfs(Optional.of(target()), text("size").map(this::bytes));
        case "secret" -> {
          Optional<String> target = text("target");
          String id =
              text("id")
                  .or(() -> text("source"))
                  .or(() -> target.map(PathNames::lastName))
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "secret mount needs one of id, source and target"));
          yield new Secret(id, target, text("env"), bool("required"), owner(0400));
        }
        default ->
            new Ssh(text("id").orElse("default"), text("target"), bool("required"), owner(0600));
      };
    }

    private Optional<String> text(String key) {
      return Optional.ofNullable(options.get(key)).filter(it -> !it.isEmpty());
    }

    private String target() {
      return text("target")
          .orElseThrow(
              () -> new IllegalArgumentException("mount type \"" + type + "\" needs a target"));
    }

    private boolean bool(String key) {
      return switch (text(key).orElse("false")) {
        case "true", "1" -> true;
        case "false", "0" -> false;
        default ->
            throw new IllegalArgumentException(
                "invalid value for " + key + ": " + options.get(key) + " (true or false)");
      };
    }

    private Sharing sharing() {
      return switch (text("sharing").orElse("shared")) {
        case "shared" -> Sharing.SHARED;
        case "private" -> Sharing.PRIVATE;
        case "locked" -> Sharing.LOCKED;
        default ->
            throw new IllegalArgumentException(
                "unsupported sharing value \""
                    + options.get("sharing")
                    + "\" (shared, private or locked)");
      };
    }

    private Owner owner(int defaultMode) {
      return new Owner(
          number("mode", 8).orElse(defaultMode),
          number("uid", 10).orElse(0),
          number("gid", 10).orElse(0));
    }

    private Optional<Integer> number(String key, int radix) {
      Optional<String> text = text(key);
      try {
        return text.map(it -> Integer.parseUnsignedInt(it, radix)).filter(it -> it >= 0);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("invalid value " + text.orElse("") + " for " + key, e);
      }
    }

    private long bytes(String text) {
      return ByteSize.parse(text)
          .orElseThrow(() -> new IllegalArgumentException("invalid size: '" + text + "'"));
    }
  }

  /// The mounts of an instruction, for those that only ask where they come from; a text that cannot
  /// be read has no source.
  static List<String> sources(List<String> options) {
    return options.stream()
        .flatMap(
            option ->
                java.util.Arrays.stream(option.split(","))
                    .filter(it -> it.startsWith("from="))
                    .map(it -> it.substring("from=".length())))
        .toList();
  }
}
